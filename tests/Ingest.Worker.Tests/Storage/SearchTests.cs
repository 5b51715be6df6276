using Ingest.Worker.Storage.Search;

namespace Ingest.Worker.Tests.Storage;

public sealed class SearchTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Headlines_are_found_by_the_stems_of_their_own_language_best_first()
    {
        await using var database = await IndexedAsync(SearchScope.Headlines);

        (await database.SearchAsync("election", "en")).ShouldBe(["Elections are near", "Weather"]);
        (await database.SearchAsync("Wahl", "de")).ShouldBe(["Die Wahlen in Wien"]);
        (await database.SearchAsync("élection", "fr")).ShouldBe(["Les élections « proches »"]);
        (await database.SearchAsync("выбор", "ru")).ShouldBe(["Выборы в городе"]);
        (await database.SearchAsync("气候变化", "zh")).ShouldBe(["全球气候变化会议"]);
        (await database.SearchAsync("ประเทศไทย")).ShouldBe(["ข่าวประเทศไทยวันนี้"]);
    }

    [Fact]
    public async Task Indexing_reads_no_change_that_it_took_in_before()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 3000).Select(static i => ArticleDatabase.Article(FormattableString.Invariant($"{i}"), "Rain"))]);
        await database.IndexAsync(SearchScope.Headlines);
        await database.ExecuteAsync("analyze ingest.article_changes");
        await database.SaveAsync(ArticleDatabase.Article("new", "Snow"));
        await database.SettleAsync();
        var before = await ReadAsync();

        (await database.Index.CatchUpAsync(SearchScope.Headlines, TestContext.Current.CancellationToken)).ShouldBe(1);

        (await ReadAsync() - before).ShouldBeLessThan(100);

        async Task<long> ReadAsync()
        {
            // What a session did is counted when it ends.
            database.Door.DataSource.Clear();
            await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
            return long.Parse(
                (await database.RowsAsync("select seq_tup_read + idx_tup_fetch from pg_stat_user_tables where relname = 'article_changes'"))[0],
                System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Fact]
    public async Task Without_a_language_all_of_them_are_asked()
    {
        await using var database = await IndexedAsync(SearchScope.Headlines);

        (await database.SearchAsync("Wahlen")).ShouldBe(["Die Wahlen in Wien"]);
        (await database.SearchAsync("elections")).ShouldBe(["Elections are near", "Weather"], ignoreOrder: true);
    }

    [Fact]
    public async Task Phrases_alternatives_and_exclusions_are_understood_and_nonsense_finds_nothing()
    {
        await using var database = await IndexedAsync(SearchScope.Headlines);

        (await database.SearchAsync("\"elections are near\"", "en")).ShouldBe(["Elections are near"]);
        (await database.SearchAsync("weather or near", "en")).ShouldBe(["Weather", "Elections are near"], ignoreOrder: true);
        (await database.SearchAsync("election -near", "en")).ShouldBe(["Weather"]);
        foreach (var nonsense in (string[])["", "the", "'; drop table x; --", "@2026", "\" & | ! ( <->", new string('x', 5000)])
            (await database.SearchAsync(nonsense, "en")).ShouldBeEmpty();
        (await database.SearchAsync("election", "x' | '")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_snippet_shows_the_words_that_were_found()
    {
        await using var database = await IndexedAsync(SearchScope.Body);

        (await database.RowsAsync("select snippet from ingest.search('polling', null, null, 'en')")).Single().ShouldContain("<b>polls</b>");
        (await database.RowsAsync("select snippet from ingest.search('气候', null, null, 'zh')")).Single().ShouldContain("<b>气候</b>");
    }

    [Fact]
    public async Task Days_bound_a_search_and_the_newest_thousand_of_many_matches_are_ranked()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            [.. Enumerable.Range(0, 1500).Select(static i => ArticleDatabase.Article($"{i}", $"Rain {i}", day: $"{2000 + (i / 60)}-{1 + (i % 12):00}-10"))]);
        await database.IndexAsync(SearchScope.Headlines);

        (await database.RowsAsync("select count(*), min(published_on)::text, max(published_on)::text from ingest.search('rain', max_rows => 2000)"))
            .ShouldBe(["1000|2008-05-10|2024-12-10"]);
        (await database.RowsAsync("select distinct published_on::text from ingest.search('rain', '2003-02-01', '2003-03-31', 'en') order by 1"))
            .ShouldBe(["2003-02-10", "2003-03-10"]);
        (await database.RowsAsync("select count(*) from ingest.search('rain', '2030-01-01')")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Among_very_many_articles_frequent_and_rare_words_are_found_all_the_same()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("old", "Rain in spring", day: "2024-04-10"),
            ArticleDatabase.Article("umbrella", "Umbrellas", day: "2024-04-11"),
            ArticleDatabase.Article("new", "Rain today", day: "2024-06-28"));
        await database.IndexAsync(SearchScope.Headlines);
        await database.ExecuteAsync("""
            insert into ingest.article_search (article_id, published_on, document)
            select 1000000 + n, day, array_to_tsvector(array['rain', '@en', '@2024', '@' || to_char(day, 'YYYY-MM'), '@' || day])
            from generate_series(1, 40000) n, lateral (select '2024-01-01'::date + n / 223 as day) days
            """);
        await database.ExecuteAsync("analyze ingest.article_search");

        (await database.RowsAsync("select title from ingest.search('rain', null, null, 'en')")).ShouldBe(["Rain today"]);
        (await database.RowsAsync("select title from ingest.search('rain', '2024-04-08', '2024-04-12')")).ShouldBe(["Rain in spring"]);
        (await database.RowsAsync("select title from ingest.search('umbrella', null, null, 'en')")).ShouldBe(["Umbrellas"]);
        (await database.RowsAsync("select title from ingest.search('umbrella', null, null, 'de')")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_body_is_found_only_when_the_setting_says_so_and_the_setting_can_change()
    {
        await using var database = await IndexedAsync(SearchScope.Headlines);
        (await database.SearchAsync("polls", "en")).ShouldBeEmpty();

        (await database.IndexAsync(SearchScope.Body)).ShouldBe(7);
        (await database.SearchAsync("polls", "en")).ShouldBe(["Elections are near"]);

        (await database.IndexAsync(SearchScope.Off)).ShouldBe(0);
        (await database.SearchAsync("polls", "en")).ShouldBeEmpty();
        (await database.RowsAsync("select count(*) from ingest.article_search")).ShouldBe(["0"]);

        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(7);
        (await database.IndexAsync(SearchScope.Headlines)).ShouldBe(0);
        (await database.SearchAsync("near", "en")).ShouldBe(["Elections are near"]);
    }

    [Fact]
    public async Task A_changed_article_is_found_by_its_new_words_and_a_removed_one_no_more()
    {
        await using var database = await IndexedAsync(SearchScope.Headlines);
        await database.ExecuteAsync(
            "update ingest.articles set title = 'Storm', headline = 'Storm', fingerprint = gen_random_uuid(), revision = 2 where title = 'Weather'");
        await database.ExecuteAsync("delete from ingest.articles where title = 'Elections are near'");
        (await database.SearchAsync("near", "en")).ShouldBeEmpty();
        await database.IndexAsync(SearchScope.Headlines);

        (await database.SearchAsync("storm", "en")).ShouldBe(["Storm"]);
        (await database.SearchAsync("weather", "en")).ShouldBeEmpty();
        (await database.SearchAsync("near", "en")).ShouldBeEmpty();
    }

    private async Task<ArticleDatabase> IndexedAsync(SearchScope scope)
    {
        var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("a", "Elections are near", body: "All the parties wait.\n\nNobody trusts the polls."),
            ArticleDatabase.Article("b", "Weather", description: "Rain on the day of the election."),
            ArticleDatabase.Article("c", "Die Wahlen in Wien", language: "de-AT"),
            ArticleDatabase.Article("d", "Les élections « proches »", language: "fr"),
            ArticleDatabase.Article("e", "Выборы в городе", language: "ru"),
            ArticleDatabase.Article("f", "全球气候变化会议", body: "关于气候的会议。", language: "zh"),
            ArticleDatabase.Article("g", "ข่าวประเทศไทยวันนี้", language: "th"));
        (await database.IndexAsync(scope)).ShouldBe(7);
        return database;
    }
}
