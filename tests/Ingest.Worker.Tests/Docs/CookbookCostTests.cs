using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Tests.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Tests.Docs;

/// <summary>What questions read of a database that holds much else: rows, which do not depend on the machine.</summary>
public sealed class CookbookCostTests(PostgresFixture postgres)
{
    // What a question may read beside its articles: all sources, twice, and rows of tables that are small here.
    private const long Aside = 500;

    internal const string Others = """
        insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, failure_weight, created_at, updated_at)
        select 100 + n, 'paper-' || n, 'https://www.paper-' || n || '.example/feed', 'https://www.paper-' || n || '.example/feed', n, 0, 'active', 'auto', '{}',
          now() + interval '1 hour', 0, now(), now()
        from generate_series(0, 199) n;
        insert into ingest.articles (source_id, article_key, url, published_on, date_source, title, title_source, headline, description, body, body_source, authors,
          language, word_count, categories, live_blog, fingerprint, page_state, first_seen_at, updated_at)
        select 100 + n % 200, gen_random_uuid(), 'https://www.paper-' || n % 200 || '.example/' || n, date '2025-06-01' + n / 30, 'archive', 'Title ' || n, 'archive',
          'Title ' || n, '', '', 'none', array['Author ' || n % 500], (array['en', 'en', 'en', 'de', 'fr'])[1 + n % 5], 0, array['topic ' || n % 60], false,
          gen_random_uuid(), 'none', '2025-06-01', '2025-06-01'
        from generate_series(1, 6000) n;
        vacuum analyze
        """;

    private static readonly string[] MoreQuestions =
    [
        "select id from ingest.articles where language = 'xx' order by published_on desc limit 20",
        "select id from ingest.articles where host = 'www.paper-7.example'",
        "select id from ingest.articles where host = 'nobody.example' order by published_on desc limit 20",
        "select id from ingest.articles where authors @> array['Nobody'] order by published_on desc limit 20",
        "select id from ingest.articles where categories @> array['topic 7']",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_question_of_the_cookbook_and_no_export_reads_ten_times_what_it_tells()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("1", "The election in the town hall", body: "Votes are counted.", day: "2026-01-02", authors: "Ann Author"),
            ArticleDatabase.Article("2", "Election results", day: "2026-01-02", authors: "Ann Author"));
        await database.ExecuteAsync(DatabaseDocsTests.Seed);
        foreach (var statement in Others.Split(';')) await database.ExecuteAsync(statement);
        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);

        // A table of some thousands would be read as a whole where one of a million would not.
        await using (var plans = new NpgsqlCommand("set enable_seqscan = off", connection)) await plans.ExecuteNonQueryAsync(Ct);
        var questions = DatabaseDocsTests.Question().Matches(Page.Read("docs/cookbook.md")).Select(static match => match.Groups["sql"].Value.TrimEnd(';'));
        foreach (var question in questions.Concat(MoreQuestions)) await HoldAsync(new NpgsqlCommand(question, connection));
        foreach (var text in (string[])["picked_articles", "picked_texts", "exported_days"])
        {
            var sql = Regex.Replace(SqlFile.Read($"statements/{text}.sql", ArticleTable.Own), "^--.*\n", "", RegexOptions.Multiline);
            await HoldAsync(Export(new NpgsqlCommand(sql, connection), source: "bbc-world"));
            await HoldAsync(Export(new NpgsqlCommand(sql, connection), changedSince: new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        }
    }

    private static async Task HoldAsync(NpgsqlCommand question)
    {
        await using var command = question;
        var asked = question.CommandText;
        command.CommandText = $"explain (analyze, format json, costs off, timing off) {asked}";
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(Ct))!);
        var root = plan.RootElement[0].GetProperty("Plan");
        var nodes = Nodes(root).ToList();
        var read = nodes.Sum(Read);
        var told = nodes.Where(static node => Text(node, "Node Type") is "Aggregate" or "Group").SelectMany(Children).Select(Rows).Append(Rows(root)).Max();
        read.ShouldBeLessThanOrEqualTo((10 * told) + Aside, $"{asked}\n{plan.RootElement}");
    }

    // Of an index that gives a set of places, the rows are those that are read at these places.
    private static long Read(JsonElement node) => node.TryGetProperty("Relation Name", out _)
        ? Rows(node) + ((Number(node, "Rows Removed by Filter") + Number(node, "Rows Removed by Index Recheck")) * Number(node, "Actual Loops"))
        : 0;

    private static NpgsqlCommand Export(NpgsqlCommand command, string? source = null, DateTimeOffset? changedSince = null)
    {
        foreach (var (value, type) in new (object? Value, NpgsqlDbType Type)[]
            {
                (null, NpgsqlDbType.Date), (null, NpgsqlDbType.Date), (source, NpgsqlDbType.Text), (null, NpgsqlDbType.Text),
                (changedSince, NpgsqlDbType.TimestampTz),
            })
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node) => Children(node).SelectMany(Nodes).Prepend(node);

    private static IEnumerable<JsonElement> Children(JsonElement node) => node.TryGetProperty("Plans", out var children) ? children.EnumerateArray() : [];

    private static long Rows(JsonElement node) => Number(node, "Actual Rows") * Number(node, "Actual Loops");

    private static long Number(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? (long)Math.Ceiling(value.GetDouble()) : 0;

    private static string? Text(JsonElement node, string name) => node.TryGetProperty(name, out var value) ? value.GetString() : null;
}
