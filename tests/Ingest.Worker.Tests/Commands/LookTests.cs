using System.Text.Json;
using Ingest.Worker.Tests.Storage;
using static Ingest.Worker.Tests.Commands.CommandFolder;

namespace Ingest.Worker.Tests.Commands;

/// <summary>The verbs that look inside: <c>search</c>, <c>show</c> and <c>sql</c>.</summary>
public sealed class LookTests(PostgresFixture postgres) : IDisposable
{
    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_is_stored_is_found_at_once_and_shown_by_number_or_URL()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            ArticleDatabase.Article("weir", "The weir holds", "A description.", "First paragraph.\n\nSecond \u001b[31mparagraph.", authors: "Ada Weir"),
            ArticleDatabase.Article("mill", "The mill stands"));
        await database.SettleAsync();
        var file = Settings(database);
        var found = await RunAsync("search", "weir", "--format", "jsonl", "--config", file);
        found.ShouldSatisfyAllConditions(
            () => found.Exit.ShouldBe(0, found.Error), () => found.Out.Trim().Split('\n').Length.ShouldBe(1),
            () => found.Out.ShouldContain("\"title\":\"The weir holds\""), () => found.Error.ShouldContain("1 article found"));
        using var row = JsonDocument.Parse(found.Out);
        var id = row.RootElement.GetProperty("id").GetInt64();
        var shown = await RunAsync("show", FormattableString.Invariant($"{id}"), "--config", file);
        shown.ShouldSatisfyAllConditions(
            () => shown.Out.ShouldStartWith("The weir holds\n"), () => shown.Out.ShouldContain("  day        2026-01-01, from archive\n"),
            () => shown.Out.ShouldContain("  authors    Ada Weir\n"), () => shown.Out.ShouldContain("\nFirst paragraph.\n\nSecond "),
            () => shown.Out.ShouldNotContain("\u001b"));
        var whole = await RunAsync("show", "http://www.example.org/weir?utm_source=x", "--format", "json", "--config", file);
        using var json = JsonDocument.Parse(whole.Out);
        json.RootElement.GetProperty("id").GetInt64().ShouldBe(id);
        json.RootElement.GetProperty("sightings").GetArrayLength().ShouldBe(0);
        (await RunAsync("show", "https://example.org/none", "--config", file))
            .ShouldSatisfyAllConditions(none => none.Exit.ShouldBe(1), none => none.Error.ShouldContain("There is no article with the URL"));
    }

    [Fact]
    public async Task Questions_in_SQL_are_answered_and_write_nothing()
    {
        await using var database = await ArticleDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("weir", "The \"weir\", and more"));
        var file = Settings(database);
        (await RunAsync("sql", "select title, null as none, '' as empty, id > 0 as flag from articles", "--format", "csv", "--config", file)).Out
            .ShouldBe("title,none,empty,flag\n\"The \"\"weir\"\", and more\",,\"\",t\n");
        using (var json = JsonDocument.Parse((await RunAsync(
            "sql", "select 1::bigint as a, 2.50 as a, true as c, null as d, '{\"x\": [1]}'::jsonb as e, published_on, 'NaN'::float8 as n from articles",
            "--format", "json", "--config", file)).Out))
            json.RootElement[0].ToString()
                .ShouldBe("""{"a":1,"a_2":2.50,"c":true,"d":null,"e":{"x": [1]},"published_on":"2026-01-01","n":"NaN"}""");
        (await RunAsync("sql", "select 1; select title from nowhere", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1), run => run.Out.ShouldContain("?column?"),
            run => run.Error.ShouldContain("ERROR: relation \"nowhere\" does not exist"));
        foreach (var write in new[] { "delete from articles", "commit; delete from articles", "with d as (delete from articles returning 1) table d" })
            (await RunAsync("sql", write, "--config", file)).ShouldSatisfyAllConditions(
                write, run => run.Exit.ShouldBe(1), run => run.Error.ShouldContain("This command only reads"));
        (await database.RowsAsync("select count(*) from ingest.articles")).ShouldBe(["1"]);
    }

    private string Settings(ArticleDatabase database) =>
        folder.Settings($$"""{ "ConnectionStrings": { "Ingest": {{JsonSerializer.Serialize(database.ConnectionString)}} } }""");
}
