using Npgsql;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>The functions of the schema run nobody's but PostgreSQL's and their own, in whatever session, and answer whatever they are given.</summary>
public sealed class FunctionTests(PostgresFixture postgres)
{
    // They run for every article, and a path set for each call costs a third of a short one. Their bodies name the schema of everything; the stranger below
    // finds no way in.
    private static readonly string[] Qualified = ["search_document", "search_text", "search_words"];

    internal static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_function_has_a_fixed_path_is_bound_when_it_is_made_or_names_every_schema()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        (await database.RowsAsync("""
            select proname from pg_proc
            where pronamespace = 'ingest'::regnamespace and prosqlbody is null and not exists (select from unnest(proconfig) as setting
              where setting like 'search_path=pg_catalog%pg_temp')
            order by proname
            """)).ShouldBe(Qualified);
    }

    [Fact]
    public async Task What_only_the_worker_needs_nobody_else_may_call()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);

        (await database.RowsAsync("""
            select proname from pg_proc where pronamespace = 'ingest'::regnamespace and has_function_privilege('public', oid, 'execute') order by proname
            """))
            .ShouldBe(
            [
                "announce_changes", "by_author", "changes_since", "dated_text", "duration_quantile", "fetch_id", "health_of", "schema_version", "search",
                "search_alternatives", "search_condition", "search_config",
                "search_parse", "search_query", "search_snippet", "search_text", "search_words", "trend",
            ]);
        (await database.RowsAsync(
            "select count(*) from pg_proc where pronamespace = 'ingest'::regnamespace and not has_function_privilege('ingest_worker', oid, 'execute') "
                + "and proname <> 'rebase_changes'"))
            .ShouldBe(["0"]);
    }

    [Fact]
    public async Task Every_function_answers_whatever_text_it_is_given()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        var functions = await database.RowsAsync("""
            select 'ingest.' || p.proname, array_to_string(array(select format_type(t, null) from unnest(p.proargtypes::oid[]) with ordinality as a(t, n)
              order by n), ';'), proretset::text
            from pg_proc p where pronamespace = 'ingest'::regnamespace and prorettype <> 'trigger'::regtype
              and has_function_privilege('ingest_reader', oid, 'execute') and proname not in ('announce_changes', 'health_of')
            """);
        functions.Count.ShouldBeGreaterThan(9);
        var random = new Random(2);
        foreach (var function in functions)
        {
            var (name, types) = (function.Split('|')[0], function.Split('|')[1].Split(';', StringSplitOptions.RemoveEmptyEntries));
            for (var trial = 0; trial < 30; trial++)
            {
                var arguments = types.Select((type, i) => $"${i + 1}::text::{type}");
                object[] values = [.. types.Select(type => random.Next(12) == 0 ? (object)DBNull.Value : Offered(type)[random.Next(Offered(type).Length)])];
                try
                {
                    await database.RowsAsync($"select count(*) from (select {name}({string.Join(", ", arguments)})) x", values);
                }
                catch (PostgresException error) when (name is "ingest.changes_since" or "ingest.trend" && error.SqlState == "22023")
                {
                    error.MessageText.ShouldMatch(name == "ingest.trend" ? "^a step of .* is not counted by$|^articles are not told apart by " : "cursor");
                }
            }
        }
    }

    private static string[] Offered(string type) => type switch
    {
        "date" => ["2026-01-01", "infinity", "-infinity", "0001-01-01 BC", "5874897-12-31"],
        "integer" => ["0", "-1", "2147483647", "-2147483648"],
        "integer[]" => ["{}", "{0,-1,NULL,2147483647}", "{{1,2},{3,4}}", "{" + string.Join(',', Enumerable.Repeat(2_147_483_647, 3_000)) + "}"],
        "double precision" => ["0.5", "-1", "Infinity", "-Infinity", "NaN"],
        "timestamp with time zone" => ["2026-01-01", "infinity", "-infinity", "0001-01-01 BC", "294276-12-31"],
        "tsquery" =>
            ["", "a & !b | (c <-> d:*A)", "!!!!a", string.Join('|', Enumerable.Range(0, 200).Select(static i => FormattableString.Invariant($"w{i}")))],
        "tsvector" => ["", "a:1 b:2,3A"],
        "text" =>
        [
            "", " ", "-", "--", "'", "\\", "\"a", "a or", "漢字", "é", "\u2019", "en", "zz-Latn", "%s", "$1", "0.0", "1.1",
            "9999999999999999999.999999999999999999", "٣.٣", new string('-', 500), new string('x', 300_000), new string('漢', 100_000),
            string.Concat(Enumerable.Repeat("a-b c ", 5_000)),
        ],
        _ => throw new InvalidOperationException($"Give arguments of type {type}."),
    };
}
