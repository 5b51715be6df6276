using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Captured feeds and pages of real publishers, where they are at hand, through the whole worker.</summary>
public sealed class CapturedSiteTests(PostgresFixture postgres)
{
    private const int Feeds = 25, Pages = 100;

    [Fact]
    public async Task Captured_feeds_and_pages_become_articles_and_a_second_run_changes_none()
    {
        var corpus = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "corpus"));
        Assert.SkipUnless(Directory.Exists(corpus), $"There are no captured feeds and pages at {corpus}.");
        await using var origin = await ScriptedOrigin.StartAsync();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = ServeFeeds(origin, corpus, settings);
        ServePages(origin, corpus, settings);
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var worker = new TestWorker(database.ConnectionString, settings);

        var summary = await worker.RunAsync();

        summary.Visits.Count.ShouldBe(Feeds + 1);
        summary.Visits.ShouldAllBe(visit => visit.Failure == null);
        summary.Visits.Sum(visit => visit.Entries.Total).ShouldBe(entries + Pages);
        summary.Pages.Count.ShouldBe(Pages);
        summary.Pages.Count(page => page.Failure is null).ShouldBeGreaterThan(Pages * 9 / 10);
        (await worker.RowsAsync("select count(*) >= 90 from ingest.articles where page_state = 'read' and length(body) > 200")).ShouldBe(["True"]);
        var before = await worker.ArticleTablesAsync();
        (await worker.RunAsync()).Visits.Count(visit => visit.NotModified).ShouldBe(Feeds + 1);
        (await worker.ArticleTablesAsync()).ShouldBe(before);
    }

    private static int ServeFeeds(ScriptedOrigin origin, string corpus, Dictionary<string, string> settings)
    {
        var lines = File.ReadLines(Path.Combine(corpus, "feeds", "manifest.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);
        var chosen = lines.Where(line =>
            line.GetProperty("kind").GetString() == "real" && line.GetProperty("format").GetString()!.StartsWith("rss2", StringComparison.Ordinal)
            && line.GetProperty("expected").TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Number
                && items.GetInt32() > 4).Take(Feeds).ToList();
        chosen.Count.ShouldBe(Feeds);
        for (var i = 0; i < chosen.Count; i++)
        {
            var path = FormattableString.Invariant($"/feeds/{i}");
            origin.Serve(
                path,
                Reply.Ok(
                    File.ReadAllBytes(Path.Combine(corpus, "feeds", chosen[i].GetProperty("file").GetString()!)),
                    "application/rss+xml").ETag(FormattableString.Invariant($"\"{i}\"")));
            settings[FormattableString.Invariant($"Ingest:Sources:feed-{i}:Url")] = origin.Url(path).ToString();
            settings[FormattableString.Invariant($"Ingest:Sources:feed-{i}:FullText")] = "Never";
        }

        return chosen.Sum(line => line.GetProperty("expected").GetProperty("items").GetInt32());
    }

    private static void ServePages(ScriptedOrigin origin, string corpus, Dictionary<string, string> settings)
    {
        var feed = new StringBuilder("<rss version=\"2.0\"><channel><title>Captured pages</title>");
        foreach (var line in File.ReadLines(Path.Combine(corpus, "pages", "manifest.jsonl")).Take(Pages).Select(line => JsonDocument.Parse(line).RootElement))
        {
            var id = line.GetProperty("id").GetString();
            using var file = new GZipStream(File.OpenRead(Path.Combine(corpus, "pages", line.GetProperty("html").GetString()!)), CompressionMode.Decompress);
            using var page = new MemoryStream();
            file.CopyTo(page);
            origin.Serve($"/pages/{id}.html", Reply.Ok(page.ToArray(), "text/html").Coded("gzip"));
            feed.Append(CultureInfo.InvariantCulture, $"<item><title>Page {id}</title><link>{origin.BaseUrl}pages/{id}.html</link></item>");
        }

        origin.Serve("/feeds/pages", Reply.Feed(feed.Append("</channel></rss>").ToString()).ETag("\"pages\""));
        settings["Ingest:Sources:pages:Url"] = origin.Url("/feeds/pages").ToString();
    }
}
