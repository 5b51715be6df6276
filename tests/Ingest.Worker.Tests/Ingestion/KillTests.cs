using System.Diagnostics;
using System.Text.Json;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class KillTests(PostgresFixture postgres) : IDisposable
{
    private const int Stories = 40;

    private const string Rows = """
        select article_key, url, published_on, published_at, date_source, title, headline, description, body, body_source, authors, page_state, fingerprint
        from ingest.articles order by article_key
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-kill-");

    [Fact]
    public async Task A_run_killed_again_and_again_ends_with_the_rows_of_an_undisturbed_one()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(Stories);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, Stories)).ETag("\"v1\""));
        await using var calm = await postgres.CreateDatabaseAsync(ct);
        await using var stormy = await postgres.CreateDatabaseAsync(ct);
        (await RunAsync(origin, calm.ConnectionString, killAtRequest: null)).ShouldBe(0);

        // Request 1 is the feed, 2 robots.txt, the others pages.
        foreach (var request in (int[])[1, 5, 20]) (await RunAsync(origin, stormy.ConnectionString, request)).ShouldNotBe(0);
        (await RunAsync(origin, stormy.ConnectionString, killAtRequest: null)).ShouldBe(0);

        await using var expected = new TestWorker(calm.ConnectionString, new Dictionary<string, string>());
        await using var actual = new TestWorker(stormy.ConnectionString, new Dictionary<string, string>());
        var rows = await expected.RowsAsync(Rows);
        rows.Count.ShouldBe(Stories);
        (await actual.RowsAsync(Rows)).ShouldBe(rows);
        (await actual.RowsAsync("select count(*) from ingest.page_queue")).ShouldBe(["0"]);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private async Task<int> RunAsync(ScriptedOrigin origin, string connectionString, int? killAtRequest)
    {
        var settings = new
        {
            ConnectionStrings = new { Ingest = connectionString },
            Ingest = new
            {
                Sources = new { site = new { Url = origin.Url("/feed").ToString() } },
                Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00" },
            },
        };
        var file = Path.Combine(folder.FullName, "settings.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(settings), TestContext.Current.CancellationToken);
        using var worker = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), "run", "--once", "--config", file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var seen = 0;
        origin.OnRequest = _ =>
        {
            if (Interlocked.Increment(ref seen) == killAtRequest) worker.Kill();
        };
        var output = worker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = worker.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        origin.OnRequest = null;
        TestContext.Current.TestOutputHelper?.WriteLine(await output + await errors);
        return worker.ExitCode;
    }
}
