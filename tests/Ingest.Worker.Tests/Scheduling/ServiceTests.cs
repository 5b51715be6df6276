using System.Diagnostics;
using System.Text.Json;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Ingestion;

namespace Ingest.Worker.Tests.Scheduling;

/// <summary>The service as a process: Quartz runs the partitions until it is told to stop.</summary>
public sealed class ServiceTests(PostgresFixture postgres) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-service-");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_schedule_visits_due_sources_and_pages_and_stops_cleanly(bool clustered)
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(5);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 5)).ETag("\"v1\""));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var look = new TestWorker(database.ConnectionString, new Dictionary<string, string>());
        using var worker = Start(origin, database.ConnectionString, clustered);

        await UntilAsync(async () => (await look.RowsAsync("select count(*) from ingest.articles where page_state = 'read'"))[0] == "5");
        Run("kill", "-TERM", FormattableString.Invariant($"{worker.Id}"));
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        worker.ExitCode.ShouldBe(0);
        (await look.RowsAsync("select count(*) from quartz.qrtz_triggers where trigger_group = 'visits of 4'"))[0].ShouldBe(clustered ? "4" : "0");
        origin.RequestsOf("/feed").Count.ShouldBe(1);
        File.Exists(Path.Combine(folder.FullName, "alive")).ShouldBeFalse();
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Process Start(ScriptedOrigin origin, string connectionString, bool clustered)
    {
        var settings = new
        {
            ConnectionStrings = new { Ingest = connectionString },
            Ingest = new
            {
                Sources = new { site = new { Url = origin.Url("/feed").ToString() } },
                Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00" },
                Scheduling = new { Partitions = 4, TurnEvery = "00:00:01", Clustered = clustered },
                Storage = new { MaxConnections = 8 },
                Operations = new { HeartbeatFile = Path.Combine(folder.FullName, "alive") },
            },
        };
        var file = Path.Combine(folder.FullName, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
        var worker = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), "run", "--config", file])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        worker.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        worker.BeginErrorReadLine();
        return worker;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(since).ShouldBeLessThan(Patience);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
    }
}
