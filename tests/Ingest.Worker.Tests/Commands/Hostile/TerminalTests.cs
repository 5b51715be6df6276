using System.Text.Json;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands.Hostile;

/// <summary>What strangers write reaches no terminal as it is: every way out of the program, with origins, settings and arguments that try.</summary>
public sealed class TerminalTests(PostgresFixture postgres) : IDisposable
{
    // Title of the window, colour, C1, reversed letters, hidden ones, line breaks of every kind, and the table's own mark-up.
    private const string Evil = "\u001b]0;owned\u0007\u001b[31mE\u009b32m\u202Elive\u2066\u200B\uFEFF\u2028x\u0085y\u00AD[red]z[/]";
    private const string Article = "<p>Some words of an article that are long enough to be the text of one, with a comma and a full stop.</p>";

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-tty-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Nothing_that_the_program_prints_or_records_acts_on_a_terminal()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = Origin();
        var file = Settings(table, origin);
        string[] config = ["--config", file];
        (string, string)[] loud = [("Logging__LogLevel__Default", "Trace")];

        List<ProgramRun> runs =
        [
            await ProgramRun.OfAsync(["check", "--verbose", .. config], loud),
            await ProgramRun.OfAsync(["check", "--verbose", "--format", "json", .. config]),
            await ProgramRun.OfAsync(["run", "--once", .. config], loud),
            await ProgramRun.OfAsync(["run", "--once", "--format", "jsonl", .. config], [.. loud, ("Logging__Console__FormatterName", "systemd")]),
            await ProgramRun.OfAsync(["sources", "list", .. config], [.. loud, ("Logging__Console__FormatterName", "json")]),
            await ProgramRun.OfAsync(["sources", "list", "--format", "jsonl", .. config]),
            await ProgramRun.OfAsync(["sources", "export", .. config]),
            await ProgramRun.OfAsync(["sources", "pause", $"no{Evil}\nsuch", $"evil {Evil[^9..]}", .. config]),
            await ProgramRun.OfAsync(["check", $"http://127.0.0.1/{Evil}", $"no{Evil}", .. config]),
            await ProgramRun.OfAsync(["read", "feed", $"{folder}/no{Evil}"]),
            await ProgramRun.OfAsync(["read", "feed", "--format", "table", Path.Combine(folder, "evil.xml"), Path.Combine(folder, "bad.xml")]),
            await ProgramRun.OfAsync(["read", "feed", Path.Combine(folder, "evil.xml")]),
            await ProgramRun.OfAsync(["read", "page", $"{folder}/no{Evil}", Path.Combine(folder, "evil.html")]),
            await ProgramRun.OfAsync([$"verb{Evil}"]),
            await ProgramRun.OfAsync(["status", "--config", $"{folder}/{Evil}"]),
            await ProgramRun.OfAsync(["import", $"{folder}/no{Evil}", .. config]),
            await ProgramRun.OfAsync(["export", "--source", $"no{Evil}", .. config]),
        ];

        foreach (var (run, at) in runs.Select(static (run, at) => (run, at)))
        {
            run.All.ShouldNotBeEmpty();
            Controls.Act(run.All.Replace("\n", "", StringComparison.Ordinal)).ShouldBeFalse($"run {at}: {JsonSerializer.Serialize(run.All)}");
        }

        runs[2].Out.ShouldContain("␛");
        foreach (var column in (string[])
            [
                "sources.last_error", "sources.next_poll_reason", "fetches.failure", "page_queue.last_error", "articles.page_error", "articles.retraction",
                "source_events.detail",
            ])
        {
            var (name, field) = (column.Split('.')[0], column.Split('.')[1]);
            foreach (var text in await table.ReadAsync($"select {field} from ingest.{name} where {field} is not null"))
                Controls.Act(text).ShouldBeFalse($"{column}: {JsonSerializer.Serialize(text)}");
        }

        (await table.ReadAsync("select count(*) > 5 from ingest.sources where last_error is not null")).ShouldBe(["True"]);
    }

    private RawOrigin Origin()
    {
        var feed = $"""
            <?xml version="1.0"?><rss version="2.0" xmlns:at="http://purl.org/atompub/tombstones/1.0"><channel><title>T\u202E&#x9b;31m[red]x[/]</title><link>http://127.0.0.1/{Evil[^9..]}</link>
            <item><title>One &#x85;\u202E[bold] evil</title><link>PAGE</link><guid isPermaLink="false">g\u202E</guid><description>{Article}</description></item>
            </channel></rss>
            """.Replace("\\u202E", "\u202E", StringComparison.Ordinal);
        var bad = $"<rss><channel><title>a\u202eb</title><item></b\u202ed\u200b></item>&\u202eentity; <1{Evil}";
        File.WriteAllText(Path.Combine(folder, "evil.xml"), feed);
        File.WriteAllText(Path.Combine(folder, "bad.xml"), $"{Evil} no feed");
        File.WriteAllText(
            Path.Combine(folder, "evil.html"),
            $"<html><head><title>{Evil}</title></head><body><article><h1>{Evil}</h1>{Article}{Article}{Article}</article></body></html>");
        var origin = new RawOrigin();
        return origin
            .Serve("/status", "HTTP/1.1 418 tea\u001b[2J\u0007\u009b31m")
            .Serve("/version", "HTTP/\u001b[31m 200 OK")
            .Serve("/header", "HTTP/1.1 200 OK\r\nX\u001b[31m\u0007: y")
            .Serve("/location", "HTTP/1.1 302 Found\r\nLocation: ftp://\u001b[31mx\u0007/\u009b")
            .Serve("/redirect", "HTTP/1.1 301 Found\r\nLocation: /feed?\u00e2\u0080\u00ae%1b[31m%E2%80%AE")
            .Serve("/type", "HTTP/1.1 200 OK\r\nContent-Type: te\u001b[31mxt/html; charset=\u001b[31m", "hello")
            .Serve("/coding", "HTTP/1.1 200 OK\r\nContent-Encoding: x\u001b[31m", "hello")
            .Serve("/xml", "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nETag: \"\u001b[31m\u009b\"\r\nLast-Modified: \u001b[31m", bad)
            .Serve(
                "/feed",
                "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"\u001b[31m\"",
                feed.Replace("PAGE", FormattableString.Invariant($"http://127.0.0.1:{origin.Port}/page?{Evil[^12..]}"), StringComparison.Ordinal))
            .Serve("/page", "HTTP/1.1 200 OK\r\nContent-Type: application/\u001b[31mpdf", "x");
    }

    private string Settings(SourceTable table, RawOrigin origin)
    {
        var sources = new[] { "status", "version", "header", "location", "redirect", "type", "coding", "xml", "feed", "none" }
            .ToDictionary(
                static path => path == "none" ? $"evil {Evil[^9..]}" : path,
                path => new { Url = FormattableString.Invariant($"http://127.0.0.1:{origin.Port}/{path}"), FullText = "Always" });
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            ConnectionStrings = new { Ingest = table.ConnectionString },
            Ingest = new { Sources = sources, Fetching = new { AllowedNetworks = new[] { "127.0.0.0/8" }, MinimumHostDelay = "00:00:00", Retries = 0 } },
        }));
        return file;
    }
}
