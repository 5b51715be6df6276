using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Archive;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Ingest.Worker.Tests.Storage.Values.FunctionTests;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>A stranger's operators and functions in <c>public</c> are traps that nobody steps into.</summary>
public sealed class StrangerFunctionTests(PostgresFixture postgres)
{
    // Whatever they fit better than PostgreSQL's own, or come before where public does.
    private const string Traps = """
        do $do$
        declare
          one record;
          spring constant text := 'begin raise exception ''a stranger was called: %''; end';
        begin
          for one in
            select o.oprname, format_type(l, null) as l, format_type(r, null) as r, format_type(o.oprresult, null) as result, row_number() over () as n
            from (select distinct oprname, oprresult from pg_operator where oprname in ('=', '<>', '<', '>', '<=', '>=', '||', '+', '-', '*', '/', '~', '!~',
              '@@', '@>', '&&') and oprkind = 'b' and oprresult in ('bool'::regtype, 'text'::regtype, 'date'::regtype, 'integer'::regtype)) o,
                 unnest('{text,varchar,name,date,integer,bigint,real,double precision,timestamptz,timestamp,tsquery,tsvector,xid8,regconfig}'::regtype[]) l,
                 unnest('{text,varchar,name,date,integer,bigint,real,double precision,timestamptz,timestamp,tsquery,tsvector,xid8,regconfig}'::regtype[]) r
            where (o.oprresult <> 'bool'::regtype) = (o.oprname in ('||', '+', '-', '*', '/'))
          loop
            begin
              execute format('create function public.trap_%s(%s, %s) returns %s language plpgsql as %L', one.n, one.l, one.r, one.result,
                format('begin raise exception ''a stranger was called: %s %s %s''; end', one.l, one.oprname, one.r));
              execute format('create operator public.%s (leftarg = %s, rightarg = %s, function = public.trap_%s)', one.oprname, one.l, one.r, one.n);
            exception when duplicate_function then null;
            end;
          end loop;
          for one in
            select distinct p.proname, args.list
            from pg_proc p, (values ('text'), ('text, text'), ('text, integer'), ('text, integer, integer'), ('text, text, integer'), ('text, text, text'),
              ('text, text, text, text'), ('date'), ('timestamp, text'), ('tsvector'), ('tsquery'),
                                    ('regconfig, text'), ('tsvector, "char"'), ('text[]'), ('bigint'), ('integer')) args(list)
            where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind = 'f'
              and p.proname in ('left', 'lower', 'split_part', 'substr', 'length', 'strpos', 'replace', 'regexp_replace', 'regexp_matches', 'regexp_match',
                'regexp_split_to_table', 'to_tsvector', 'setweight', 'array_to_tsvector',
                                'tsvector_to_array', 'hashtext', 'to_char', 'websearch_to_tsquery', 'numnode', 'quote_literal', 'format', 'date_trunc',
                                  'ts_rank_cd', 'ts_headline', 'btrim', 'starts_with', 'pg_notify', 'string_to_array', 'array_remove')
          loop
            begin
              execute format('create function public.%I(%s) returns text language plpgsql as %L', one.proname, one.list,
                format('begin raise exception ''a stranger was called: %s(%s)''; end', one.proname, one.list));
            exception when others then null;
            end;
          end loop;
          create domain public.text as pg_catalog.text check (false);
          create domain public.regconfig as pg_catalog.text check (false);
          create domain public.date as pg_catalog.text check (false);
          create domain public.tsvector as pg_catalog.text check (false);
        end $do$;
        """;

    // As somebody whose path begins with public.
    private static async Task ReadAsync(string connectionString)
    {
        // The driver itself asks for the types there are, and would be the first to be caught.
        await using var reader = NpgsqlDataSource.Create(connectionString + ";Server Compatibility Mode=NoTypeLoading");
        (await ScalarAsync(reader, "show search_path")).ShouldBe("public, pg_catalog");
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(reader, "select pg_catalog.left('a', 1) || 'b'::pg_catalog.varchar")))
            .MessageText.ShouldContain("a stranger was called");
        foreach (var (question, answer) in new (string, string)[]
        {
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.search('rain or snow -fog')", "4"),
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.search('漢字', null, null, 'en')", "2"),
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.changes_since('')", "8"),
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.dated_articles where text is not null", "4"),
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.source_health", "0"),
            ("select pg_catalog.sum(articles)::pg_catalog.text from ingest.articles_per_day", "4"),
            (
                "select pg_catalog.count(ingest.search_document(published_on, language, title, headline, description, body, true))::pg_catalog.text "
                    + "from ingest.articles",
                "4"),
            ("select pg_catalog.count(ingest.search_words(document))::pg_catalog.text from ingest.article_search", "4"),
            ("select pg_catalog.count(ingest.search_text(title))::pg_catalog.text from ingest.articles", "4"),
            ("select pg_catalog.count(*)::pg_catalog.text from ingest.search_alternatives(ingest.search_query('rain', 'en'))", "1"),
        })
            (await ScalarAsync(reader, question)).ShouldBe(answer, question);
        await ArticleDatabase.ExecuteAsync(
            reader,
            "insert into ingest.articles (article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, "
                + "authors, word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at) select pg_catalog.gen_random_uuid(), url, "
                + "published_on, date_source, title, title_source, headline, description, body, body_source, authors, word_count, categories, live_blog, "
                + "fingerprint, page_state, first_seen_at, updated_at from ingest.articles");
        await ArticleDatabase.ExecuteAsync(reader, "update ingest.articles set revision = 7");
        await ArticleDatabase.ExecuteAsync(reader, "delete from ingest.articles");
        (await ScalarAsync(reader, "select pg_catalog.count(*)::pg_catalog.text from ingest.changes_since('')")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Operators_and_functions_of_a_stranger_are_never_run()
    {
        await using var owner = await ArchiveDatabase.CreateAsync(postgres);
        await using var other = await OtherDatabase.CreateAsync(owner.ConnectionString, "encoding 'UTF8'");
        var stranger = $"stranger_{Guid.NewGuid():N}";
        await PostgresFixture.ExecuteAsync(other.ConnectionString, $"create role {stranger}; grant create on schema public to {stranger}", Ct);
        try
        {
            // First of all, so that the migrations meet them too; a database where anybody may create things in public is the default before PostgreSQL 15.
            await PostgresFixture.ExecuteAsync(other.ConnectionString, $"set role {stranger};\n{Traps}", Ct);
            await PostgresFixture.ExecuteAsync(
                other.ConnectionString,
                $"alter database \"{new NpgsqlConnectionStringBuilder(other.ConnectionString).Database}\" set search_path = public, pg_catalog",
                Ct);
            await using var door = new Database(other.ConnectionString, new StorageOptions(), TimeProvider.System, NullLogger<Database>.Instance);
            (await new Migrator(door, NullLogger<Migrator>.Instance).MigrateAsync(apply: true, Ct)).ShouldBeOfType<MigrationResult.Current>();
            await WorkAsync(door);
            await ReadAsync(other.ConnectionString);
        }
        finally
        {
            await PostgresFixture.ExecuteAsync(
                other.ConnectionString + ";Search Path=pg_catalog", $"drop owned by {stranger} cascade; drop role {stranger}", CancellationToken.None);
        }
    }

    private static async Task WorkAsync(Database door)
    {
        var store = new ArticleStore(door, new DuplicateSearch(new DuplicatesOptions { Imports = true }));
        await store.ImportAsync(
            [
                .. Enumerable.Range(0, 5).Select(
                    static i =>
                        StoredArticle.FromArchive(
                            ArticleDatabase.Article(FormattableString.Invariant($"{i}"), "Rain 漢字文 “in” spring", "A – lead", "Body", i % 2 == 0 ? "en" : null),
                            ArticleMarks.None)),
            ],
            ArticleDatabase.Now,
            Ct);
        await ArticleDatabase.ExecuteAsync(
            door.DataSource,
            "update ingest.articles set revision = 2 where id = 1; delete from ingest.articles where id = 2; update ingest.articles set gone_at = now() "
                + "where id = 3");
        while (await ScalarAsync(
            door.DataSource, "select (pg_snapshot_xmin(pg_current_snapshot()) > (select max(xid) from ingest.article_changes))::text") != "true")
            await Task.Delay(20, Ct);
        (await new SearchIndex(door).CatchUpAsync(SearchScope.Body, Ct)).ShouldBe(8);
        (await ScalarAsync(door.DataSource, "select ingest.rebase_changes()::text")).ShouldBe("0");
    }

    private static async Task<string?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (string?)await command.ExecuteScalarAsync(Ct);
    }
}
