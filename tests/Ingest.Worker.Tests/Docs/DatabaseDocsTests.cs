using System.Text.RegularExpressions;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Tests.Storage;
using Npgsql;

namespace Ingest.Worker.Tests.Docs;

/// <summary>What the docs say of the database is what the database does.</summary>
public sealed partial class DatabaseDocsTests(PostgresFixture postgres)
{
    // One of everything that the questions ask for.
    internal const string Seed = """
        insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight,
          last_polled_at, last_error, created_at, updated_at)
        values (1, 'bbc-world', 'https://example.org/feed', 'https://example.org/feed', 1, 0, 'active', 'auto', '{}', now(), 'new', 1, now(), 'no answer',
          now(), now());
        insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
        values (2, 'town-paper', 'https://example.org/2/feed', 'https://example.org/2/feed', 1, 0, 'active', 'auto', '{}', now(), 0, now(), now());
        update ingest.articles set source_id = 1, categories = array['politics'], first_seen_at = now();
        insert into ingest.stories (id, articles, first_seen_at, last_seen_at) select min(id), 2, now(), now() from ingest.articles;
        update ingest.articles set source_id = 2 where url = 'https://example.org/2';
        update ingest.articles set story_id = (select id from ingest.stories), gone_at = now(), gone_reason = '410';
        insert into ingest.article_revisions (article_id, revision, kind, url, title, headline, description, body, content_hash, valid_from, valid_to,
          changed_fields, changed_words)
        select id, 1, 'revised', url, 'Before', 'Before', '', '', gen_random_uuid(), now(), now(), array['title'], 3 from ingest.articles
          where url = 'https://example.org/1';
        insert into ingest.article_sightings (source_id, entry_key, article_key, guid, url, title, fingerprint, first_seen_at, changed_at) select 1,
          article_key, article_key, url, url, title, fingerprint, now(), now() from ingest.articles;
        insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, last_error, queued_at)
          values (gen_random_uuid(), 1, 'https://example.org/p', 1, 'rejected', 1, now(), 'NotAnArticle', now());
        insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, cause, failure, bytes, attempts, conditional,
          entries_new, entries_changed, entries_known, entries_rejected, node)
        values (ingest.fetch_id(now()), 1, 'https://example.org/feed', 'feed', now(), 5, 0, 'failed', 'Timeout', 'no answer', 0, 1, false, 0, 0, 0, 0, 'n');
        update ingest.fetches set due_at = now();
        insert into ingest.fetch_counts (source_id, day, kind, status, fetches, attempts, bytes, durations)
          values (1, current_date - 10, 'feed', 304, 3, 3, 0, '{0,1,2}')
        """;

    [Fact]
    public async Task Every_question_of_the_cookbook_is_answered_to_a_reader()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("1", "The election in the town hall", body: "Votes are counted.", day: "2026-01-02", authors: "Ann Author"),
            ArticleDatabase.Article("2", "Election results", day: "2026-01-02", authors: "Ann Author"));
        await database.ExecuteAsync(Seed);
        await database.IndexAsync(SearchScope.Headlines);

        await database.SettleAsync();
        var questions = Question().Matches(Page.Read("docs/cookbook.md")).Select(static match => match.Groups["sql"].Value).ToList();
        questions.Count.ShouldBeGreaterThanOrEqualTo(20);
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await RunAsync(connection, "set role ingest_reader");
        foreach (var question in questions) (await RunAsync(connection, question)).ShouldBeGreaterThan(0, question);
        await RunAsync(connection, "reset role");

        // What one source tells twice is no story of many.
        await RunAsync(connection, "update ingest.articles set source_id = 1");
        (await RunAsync(connection, questions.Single(static question => question.Contains("having count(distinct", StringComparison.Ordinal)))).ShouldBe(0);
    }

    [Fact]
    public async Task The_reference_of_the_schema_is_what_the_database_says_of_itself()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        Page.Hold("docs/schema.md", "schema", await new SchemaReference(database.Door).WriteAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<int> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = 0;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) rows++;
        return rows;
    }

    [GeneratedRegex("```sql\n(?<sql>.*?)\n```", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    internal static partial Regex Question();
}
