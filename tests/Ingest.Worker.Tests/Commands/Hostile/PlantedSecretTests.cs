using System.Text.Json;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands.Hostile;

/// <summary>
/// Secrets of the settings are sent to their host, and are found nowhere else: in no table and in nothing that any verb prints, logs at Trace included.
/// </summary>
public sealed class PlantedSecretTests(PostgresFixture postgres) : IDisposable
{
    private static readonly string[] Planted =
    [
        "pass%2Fw0rd-A", "pass/w0rd-A", "t0ken-B", "api-C", "sign-D", "pr0xy-E", "br0ken-F", "env-G", "check-H", "repeated-I", "location-J", "canon-K",
        "entry-L",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-secrets-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task No_secret_is_printed_logged_or_stored_and_each_is_sent()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = Origin();
        var file = Settings(table, origin, proxy: false);
        string[] config = ["--config", file];
        (string, string)[] loud = [("Logging__LogLevel__Default", "Trace"), ("PLANTED", "env-G")];
        var list = new Dictionary<string, ProgramRun>
        {
            ["check"] = await ProgramRun.OfAsync(["check", "--verbose", .. config], loud),
            ["run"] = await ProgramRun.OfAsync(["run", "--once", .. config], loud),
            ["again"] = await ProgramRun.OfAsync(["run", "--once", "--format", "json", .. config], [.. loud, ("Logging__Console__FormatterName", "json")]),
            ["check again"] = await ProgramRun.OfAsync(["check", "--whole", "--verbose", "--format", "json", .. config], loud),
            ["list"] = await ProgramRun.OfAsync(["sources", "list", .. config], loud),
            ["list json"] = await ProgramRun.OfAsync(["sources", "list", "--counts", "--format", "json", .. config], loud),
            ["opml"] = await ProgramRun.OfAsync(["sources", "export", .. config], loud),
            ["status"] = await ProgramRun.OfAsync(["status", .. config], loud),
            ["pause"] = await ProgramRun.OfAsync(["sources", "pause", "user", "nobody", .. config], loud),
            ["info"] = await ProgramRun.OfAsync(["database", "info", .. config], loud),
            ["check URL"] = await ProgramRun.OfAsync(["check", $"http://me:check-H@127.0.0.1:{origin.Port}/feed?token=check-H", "--verbose", .. config], loud),
            ["read page"] = await ProgramRun.OfAsync(
                ["read", "page", $"http://me:check-H@127.0.0.1:{origin.Port}/page?token=check-H", $"http://me:check-H@127.0.0.1:1/"]),
            ["read feed"] = await ProgramRun.OfAsync(["read", "feed", $"http://me:check-H@127.0.0.1:{origin.Port}/feed?token=check-H"]),
            ["proxy"] = await ProgramRun.OfAsync(["run", "--once", "--config", Settings(table, origin, proxy: true)], loud),
        };

        foreach (var (verb, run) in list)
            foreach (var secret in Planted) run.All.ShouldNotContain(secret, Case.Insensitive, $"{verb} tells {secret}");
        list["run"].Out.ShouldContain("user");
        list["opml"].Out.ShouldContain("/feed?token=***&amp;x=1");
        foreach (var secret in Planted)
            (await table.ReadAsync(
                "select t.table_name from information_schema.tables t, lateral query_to_xml(format('select * "
                    + $"from %I.%I', table_schema, table_name), true, true, '') x where table_schema in ('ingest', 'quartz') and x::text ilike '%{secret}%'"))
                .ShouldBeEmpty(secret);

        var asked = string.Join('\n', origin.Requests);
        asked.ShouldContain("GET /feed?token=t0ken-B&x=1 HTTP");
        asked.ShouldContain("GET /page?token=t0ken-B&n=1 HTTP");
        asked.ShouldContain("GET /atom?api_key=api-C&X-Signature=sign-D HTTP");
        foreach (var user in (byte[][])["me:pass/w0rd-A"u8.ToArray(), "me:check-H"u8.ToArray()])
            asked.ShouldContain("Authorization: Basic " + Convert.ToBase64String(user));
        origin.Requests.Where(static head => head.StartsWith("GET /led", StringComparison.Ordinal) || head.StartsWith("GET /open", StringComparison.Ordinal))
            .ShouldAllBe(static head => !head.Contains("Authorization", StringComparison.OrdinalIgnoreCase));
        (await table.ReadAsync("select url from ingest.articles where url like '%/page%' order by url limit 1"))
            .ShouldBe([$"http://127.0.0.1:{origin.Port}/page?token=***&n=1"]);

        // A secret is the settings', and goes out only when it is asked for.
        var whole = await ProgramRun.OfAsync(["sources", "export", "--with-secrets", .. config]);
        whole.Out.ShouldContain($"http://me:pass%2Fw0rd-A@127.0.0.1:{origin.Port}/feed?token=t0ken-B&amp;x=1");
        var opml = Path.Combine(folder, "out.opml");
        await File.WriteAllTextAsync(opml, whole.Out, TestContext.Current.CancellationToken);
        (await ProgramRun.OfAsync(["sources", "import", opml, "--into", file])).Error.ShouldContain("0 sources added");
    }

    private static RawOrigin Origin()
    {
        var origin = new RawOrigin();
        var self = FormattableString.Invariant($"127.0.0.1:{origin.Port}");
        var words = string.Concat(Enumerable.Repeat(
            "<p>Some words of an article that are long enough to be the text of one, with a comma and a full stop.</p>", 6));
        const string xml = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"1\"";
        return origin
            .Serve("/feed", xml, $"""
                <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Feed token=t0ken-B</title><link>http://u:repeated-I@{self}/</link><atom:link rel="self" href="http://{self}/feed?token=t0ken-B&amp;x=1"/>
                <item><title>One</title><link>http://u:entry-L@{self}/page?token=t0ken-B&amp;n=1</link><guid>http://{self}/page?token=t0ken-B&amp;n=1</guid><enclosure url="http://u:entry-L@{self}/a.mp3?token=t0ken-B" type="audio/mpeg" length="1"/></item></channel></rss>
                """)
            .Serve("/page", "HTTP/1.1 200 OK\r\nContent-Type: text/html", $"""
                <html><head><title>One</title><link rel="canonical" href="http://u:canon-K@{self}/page?token=t0ken-B&amp;n=1"></head><body><article><h1>One</h1>{words}</article></body></html>
                """)
            .Serve("/atom", "HTTP/1.1 302 Found\r\nLocation: /led?session=location-J")
            .Serve(
                "/led", xml, $"<rss version=\"2.0\"><channel><title>Led</title><item><title>Two</title><link>http://{self}/two</link></item></channel></rss>")
            .Serve(
                "/open",
                xml,
                $"<rss version=\"2.0\"><channel><title>Open</title><item><title>Three</title><link>http://u:entry-L@{self}/three</link></item></channel></rss>")
            .Serve("/refuses", "HTTP/1.1 302 Found\r\nLocation: ftp://u:location-J@x/?token=location-J");
    }

    private string Settings(SourceTable table, RawOrigin origin, bool proxy)
    {
        var self = FormattableString.Invariant($"127.0.0.1:{origin.Port}");
        var file = Path.Combine(folder, proxy ? "proxy.json" : "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            ConnectionStrings = new { Ingest = table.ConnectionString },
            Ingest = new
            {
                Sources = new Dictionary<string, object>
                {
                    ["user"] = new { Url = $"http://me:pass%2Fw0rd-A@{self}/feed?token=t0ken-B&x=1", FullText = "Always" },
                    ["led"] = new { Url = $"http://{self}/atom?api_key=api-C&X-Signature=sign-D", FullText = "Never" },
                    ["open"] = new { Url = $"http://{self}/open", FullText = "Never" },
                    ["refuses"] = new { Url = $"http://{self}/refuses?hash=sign-D" },
                    ["headers"] = new { Url = $"http://{self}/none", Headers = new Dictionary<string, string> { ["X-Api-Key"] = "env:PLANTED" } },
                    ["broken"] = new { Url = $"http://me:br0ken-F/x@{self}/feed" },
                    ["closed"] = new { Url = "http://me:pass%2Fw0rd-A@127.0.0.1:1/feed?access_token=t0ken-B" },
                },
                Fetching = new
                {
                    AllowedNetworks = new[] { "127.0.0.0/8" },
                    MinimumHostDelay = "00:00:00",
                    Retries = 0,
                    Proxy = proxy ? "http://me:pr0xy-E@127.0.0.1:1/" : "",
                },
            },
        }));
        return file;
    }
}
