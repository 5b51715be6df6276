using Ingest.Worker.Storage.Hosts;
using Ingest.Worker.Storage.Search;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What becomes of the data of 0.2.0.</summary>
public sealed class UpgradedDataTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_database_whose_search_stood_still_goes_on_and_its_days_without_end_are_days_again()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        var chinese = string.Concat(Enumerable.Range(0, 160_000).Select(static i => (char)(0x4E00 + (i * 7919L % 20_000))));
        foreach (var (title, body) in new[] { ("Rain first", ""), ("Rain, at length", chinese), ("Rain last", ""), ("Rain early", "") })
            await database.RowsAsync(
                """
                insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors, language, word_count, categories, live_blog, fingerprint,
                                             page_state, first_seen_at, updated_at)
                values (gen_random_uuid(), 'https://example.org/' || md5($1), '2026-01-01', 'archive', $1, 'archive', $1, $2, '', 'none', '{}', 'en', 0, '{}', false, gen_random_uuid(), 'none', now(), now()) returning id
                """,
                title,
                body);
        await database.ExecuteAsync("""
            update ingest.articles set published_on = 'infinity' where title = 'Rain last';
            update ingest.articles set published_on = '-infinity' where title = 'Rain early';
            insert into ingest.article_search select id, published_on, '''rain'':1A ''@01.01.2026'''::tsvector from ingest.articles where title = 'Rain first';
            update ingest.search_progress set scope = 'Headlines', xid = c.xid, change_id = c.id from (select xid, id from ingest.article_changes order by xid desc, id desc limit 1) c
            """);

        await database.MigrateAsync();
        await database.IndexAsync(SearchScope.Headlines);
        (await database.SearchAsync("rain", "en")).ShouldBe(["Rain last", "Rain, at length", "Rain first", "Rain early"], ignoreOrder: true);
        (await database.RowsAsync("select published_on::text from ingest.articles order by published_on"))
            .ShouldBe(["0001-01-01", "2026-01-01", "2026-01-01", "9999-12-31"]);
        (await database.RowsAsync(
            "select document @@ '''@2026-01-01'''::tsquery from ingest.article_search s join ingest.articles a on a.id = s.article_id "
                + "where a.title = 'Rain first'"))
            .ShouldBe(["True"]);
        (await database.RowsAsync("select count(*) from ingest.dated_articles where text is null")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Secrets_in_stored_URLs_and_controls_in_errors_are_gone_after_the_upgrade_and_nothing_else()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, parent_id, url, configured_url, validators_url, moved_to, moved_seen, moved_since, site_url, last_error,
              slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
            select x.id, x.name, x.parent, x.url, coalesce(x.configured, x.url), x.url, x.moved, case when x.moved is null then null else 1 end, case
              when x.moved is null then null else now() end,
                   'https://u:p@site.example/', e'a\x1b[31m\u202e b ?token=x&y=1', 1, case when x.parent is null then 0
                     else 1 end, 'active', 'auto', '{}', now(), 0, now(), now()
            from (values (1, 'plain', null, 'https://a.example/feed?x=1', null, null), (2, 'user', null, 'https://me:p%40w@a.example/feed?Access_Token=s&x=1',
              null, 'https://b.example/?sig=1'),
                         (3, 'moved', null, 'https://c.example/feed?token=new', 'https://b.example/feed', null), (4, 'user/11111111', 2,
                           'https://a.example/1?access_token=s', null, null),
                         (5, 'plain/11111111', 1, 'https://u:p@a.example/1?token=public', null, null)) as x(id, name, parent, url, configured, moved);
            insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at)
            select s, gen_random_uuid(), gen_random_uuid(), 'https://a.example/1?Access_Token=s', 'https://a.example/1?n=1&Access_Token=s', 't',
              gen_random_uuid(), now(), now() from unnest(array[1, 2, 4]) s;
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, queued_at)
              values (gen_random_uuid(), 4, 'https://a.example/2?Access_Token=s', 1, 'waiting', 0, now(), now());
            insert into ingest.source_events (source_id, at, kind, detail) values (2, now(), 'moved', 'from https://me:p%40w@a.example/ to https://x/?key=s');
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, last_error, queued_at)
              values (gen_random_uuid(), 1, 'https://u:p@a.example/p?token=public', 1, 'rejected', 1, now(), e'x\x07', now());
            insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, failure, redirects, final_url, bytes, attempts,
              conditional, entries_new, entries_changed, entries_known, entries_rejected, node)
            values (gen_random_uuid(), 2, 'https://me:p@a.example/feed?token=s', 'feed', now(), 5, 0, 'failed', e'no\nanswer', array['301 https://b/?sig=s',
              '302 https://c/?x=1'], 'https://c/?x=1', 0, 1, false, 0, 0, 0, 0, 'n'),
                   (gen_random_uuid(), 1, 'https://a.example/feed?x=1', 'feed', now(), 5, 0, 'failed', 'no answer', null, null, 0, 1, false, 0, 0, 0, 0, 'n')
            """);

        await database.MigrateAsync();

        (await database.RowsAsync("select name, state, url, configured_url, validators_url, moved_to, site_url, last_error from ingest.sources order by id"))
            .ShouldBe(
        [
            "plain|active|https://a.example/feed?x=1|https://a.example/feed?x=1|https://a.example/feed?x=1||https://site.example/|a [31m  b ?token=***&y=1",
            "user|active|https://a.example/feed?Access_Token=***&x=1|https://a.example/feed?Access_Token=***&x=1|"
                + "https://a.example/feed?Access_Token=***&x=1||https://site.example/|a [31m  b ?token=***&y=1",
            "moved|active|https://c.example/feed?token=***|https://moved.invalid/|https://c.example/feed?token=***||https://site.example/|a [31m  b "
                + "?token=***&y=1",
            "user/11111111|disabled|https://a.example/1?access_token=***|https://a.example/1?access_token=***|https://a.example/1?access_token=***||"
                + "https://site.example/|a [31m  b ?token=***&y=1",
            "plain/11111111|active|https://a.example/1?token=public|https://a.example/1?token=public|https://a.example/1?token=public||"
                + "https://site.example/|a [31m  b ?token=***&y=1",
        ]);
        (await database.RowsAsync("select detail from ingest.source_events")).ShouldBe(["from https://a.example/ to https://x/?key=***"]);
        (await database.RowsAsync("select url, last_error from ingest.page_queue order by url"))
            .ShouldBe(["https://a.example/2?Access_Token=***|", "https://a.example/p?token=public|x "]);
        (await database.RowsAsync("select source_id, guid, url from ingest.article_sightings order by source_id")).ShouldBe(
        [
            "1|https://a.example/1?Access_Token=s|https://a.example/1?n=1&Access_Token=s",
            "2|https://a.example/1?Access_Token=***|https://a.example/1?n=1&Access_Token=***",
            "4|https://a.example/1?Access_Token=***|https://a.example/1?n=1&Access_Token=***",
        ]);
        (await database.RowsAsync("select url, failure, array_to_string(redirects, ' '), final_url from ingest.fetches order by url")).ShouldBe(
            ["https://a.example/feed?token=***|no answer|301 https://b/?sig=*** 302 https://c/?x=1|https://c/?x=1", "https://a.example/feed?x=1|no answer||"]);
    }

    [Fact]
    public async Task Every_origin_and_cause_that_is_stored_is_named_after_the_upgrade_and_stays()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors, word_count,
                                         categories, live_blog, fingerprint, page_state, first_seen_at, updated_at)
            select gen_random_uuid(), 'https://example.org/' || x.title, '2026-01-01', x.date, '', x.title, '', '', '', x.body, '{}', 0, '{}', false, gen_random_uuid(), 'none', now(), now()
            from (values ('feed', 'heading', 'feed-summary'), ('first_seen', 'none', 'none'), ('visible', 'opengraph', 'feed-content')) as x(date, title, body);
            insert into ingest.fetches (id, url, kind, started_at, duration_ms, status, outcome, cause, bytes, attempts, conditional, entries_new, entries_changed,
              entries_known, entries_rejected, node)
            values (gen_random_uuid(), 'https://example.org/', 'feed', now(), 5, 200, 'fetched', 'Refused', 0, 1, false, 0, 0, 0, 0, 'n')
            """);

        await database.MigrateAsync();

        (await database.RowsAsync("""
            select x.word, x.word ~ '^[a-zA-Z_-]+$' and d.description ~ ('[ ,]' || x.word || '[ ,.]')
            from (select 'date_source', date_source from ingest.articles union select 'title_source', title_source from ingest.articles
                  union select 'body_source', body_source from ingest.articles union select 'cause', cause from ingest.fetches) as x(name, word)
            join pg_attribute a on a.attname = x.name and a.attrelid in ('ingest.articles'::regclass, 'ingest.fetches'::regclass)
            join pg_description d on d.objoid = a.attrelid and d.objsubid = a.attnum
            order by x.name collate "C", x.word collate "C"
            """)).ShouldBe(
            [
                "feed-content|True", "feed-summary|True", "none|True", "Refused|True", "feed|True", "first_seen|True", "visible|True", "heading|True",
                "none|True", "opengraph|True",
            ]);
    }

    [Fact]
    public async Task Holds_of_hosts_go_on_to_hold_and_can_be_released_by_their_site()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync(
            "insert into ingest.host_holds (host, not_before, status, set_at) "
                + "values ('feeds.example.org:8080', now() + interval '1 hour', 429, now() - interval '1 hour')");

        await database.MigrateAsync();

        var (holds, now) = (new HostHolds(database.Door), TimeProvider.System.GetUtcNow());
        (await holds.LoadAsync(["feeds.example.org:8080", "example.org"], now, ct)).ShouldHaveSingleItem().NotBefore.ShouldBeGreaterThan(now);
        (await new HostControl(database.Door).ReleaseAsync(new Uri("https://www.example.org/"), now, ct)).ShouldHaveSingleItem();
        (await holds.LoadAsync(["feeds.example.org:8080"], now, ct)).ShouldHaveSingleItem().NotBefore.ShouldBeLessThanOrEqualTo(now);
    }

    [Fact]
    public async Task Guesses_that_were_polled_as_sources_rest_after_the_upgrade_and_all_that_was_announced_or_found_goes_on()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (id, name, parent_id, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight,
              last_status, last_success_at, created_at, updated_at)
            select x.id, x.name, x.parent, x.url, x.url, 1, case when x.parent is null then 0
              else 1 end, 'active', 'auto', '{}', now(), 0, x.status, x.success, now(), now()
            from (values (1, 'page', null::integer, 'https://a.example/', 200, now()), (2, 'guessed', 1, 'https://a.example/feed/', 404, null), (3, 'found', 1,
              'https://b.example/feed/', 404, now()),
                         (4, 'down', 1, 'https://c.example/feed/', 503, null), (5, 'configured', null, 'https://d.example/feed/', 404, null), (6, 'announced',
                           1, 'https://a.example/news/feed/', 404, null))
              as x(id, name, parent, url, status, success);
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, queued_at)
              values (gen_random_uuid(), 1, 'https://a.example/1', 1, 'waiting', 0, now(), now())
            """);

        await database.MigrateAsync();
        (await database.RowsAsync("select name from ingest.sources where state = 'disabled'")).ShouldBe(["guessed"]);
        (await database.RowsAsync("select count(*) from ingest.page_queue")).ShouldBe(["1"]);

        (await database.RowsAsync("select count(*) from ingest.sources where guess_at is null")).ShouldBe(["6"]);
        (await database.RowsAsync(
            "select relname from pg_class where relnamespace = 'ingest'::regnamespace "
                + "and relname in ('page_validators', 'robots_files', 'guesses') order by 1"))
            .ShouldBe(["guesses", "page_validators", "robots_files"]);
    }

    [Fact]
    public async Task What_plans_remember_is_added_and_the_time_watched_is_spread_as_news_is()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync("""
            insert into ingest.sources (name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, asked_interval, failure_weight,
              hours_by_hour, created_at, updated_at)
            select x.name, 'https://a.example/', 'https://a.example/', 1, 0, 'active', 'auto', '{}', now(), '1 hour', 0.5, x.hours::real[], now(), now()
            from (values ('new', null), ('odd', '{1,2}'), ('watched', '{10' || repeat(',0', 22) || ',5}')) as x(name, hours)
            """);

        await database.MigrateAsync();
        (await database.RowsAsync(
            "select name, asked_interval::text, failure_weight, array_to_string(hours_by_hour[1:3], ' '), array_to_string(hours_by_hour[23:24], ' ') "
                + "from ingest.sources order by name"))
            .ShouldBe(["new|01:00:00|0.5||", "odd|01:00:00|0.5|1 2|", "watched|01:00:00|0.5|7 2 0|1 5"]);
        (await database.RowsAsync("select distinct fresh_for, body_bytes, body_news, vain_bodies from ingest.sources")).ShouldBe(["|0|0|0"]);
    }

    [Fact]
    public async Task Holds_stay_and_tags_that_mean_anything_go_when_pauses_and_promises_come_to_be_kept()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync(
            """
            insert into ingest.host_holds (host, not_before, status, set_at) values ('example.org', now() + interval '1 hour', 429, now());
            insert into ingest.sources (name, url, configured_url, depth, state, slot, full_text, tags, etag, next_poll_at, failure_weight, created_at,
              updated_at)
            select 'source ' || n, 'https://example.org/' || n, 'https://example.org/' || n, 0, 'active', 1, 'auto', '{}', tag, now(), 0, now(), now()
            from unnest(array['*', '"a", *', 'W/*', '"*"', '"a*"', 'a*b', '"1"', null]) with ordinality as t(tag, n);
            """);

        await database.MigrateAsync();

        (await database.RowsAsync("select name, etag from ingest.sources where etag is not null order by name"))
            .ShouldBe(["source 4|\"*\"", "source 5|\"a*\"", "source 6|a*b", "source 7|\"1\""]);
        var (holds, hosts, now) = (new HostHolds(database.Door), new HttpsHosts(database.Door), TimeProvider.System.GetUtcNow());
        (await holds.LoadAsync(["example.org"], now, ct))
            .ShouldHaveSingleItem().ShouldSatisfyAllConditions(hold => hold.Pause.ShouldBeNull(), hold => hold.IsReleased.ShouldBeFalse());
        await hosts.SaveAsync("example.org", now.AddDays(1), now, ct);
        (await hosts.LoadAsync(["example.org", "example.com"], now, ct)).ShouldHaveSingleItem().Host.ShouldBe("example.org");
        (await hosts.LoadAsync(["example.org"], now.AddDays(2), ct)).ShouldBeEmpty();
        await hosts.SaveAsync("example.org", now, now, ct);
        (await hosts.LoadAsync(["example.org"], now, ct)).ShouldBeEmpty();
    }
}
