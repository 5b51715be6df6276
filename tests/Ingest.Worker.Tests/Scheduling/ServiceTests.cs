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

    [Fact]
    public async Task A_second_service_on_the_database_names_the_first_and_one_that_was_killed_can_be_started_again_at_once()
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var look = new TestWorker(database.ConnectionString, new Dictionary<string, string>());
        using var first = Start(origin, database.ConnectionString, clustered: false);
        await UntilAsync(async () => (await look.RowsAsync("select count(*) from ingest.articles"))[0] == "1");

        var words = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var second = Start(origin, database.ConnectionString, clustered: true, words.Enqueue);
        await second.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        second.ExitCode.ShouldBe(1);
        words.ShouldContain(line => line.Contains(FormattableString.Invariant($":{first.Id} works with")));

        Run("kill", "-KILL", FormattableString.Invariant($"{first.Id}"));
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        origin.ForgetRequests();
        using var next = Start(origin, database.ConnectionString, clustered: false);
        await look.RowsAsync("update ingest.sources set next_poll_at = now()");
        await UntilAsync(() => Task.FromResult(origin.RequestsOf("/feed").Count > 0));
        Run("kill", "-TERM", FormattableString.Invariant($"{next.Id}"));
        await next.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        next.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_whose_database_is_gone_says_so_once_and_ends_when_it_is_told_to(bool clustered)
    {
        await using var origin = (await ScriptedOrigin.StartAsync()).ServePages(1);
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var look = new TestWorker(database.ConnectionString, new Dictionary<string, string>());
        var words = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var worker = Start(origin, database.ConnectionString, clustered, words.Enqueue);
        await UntilAsync(async () => (await look.RowsAsync("select count(*) from ingest.articles"))[0] == "1");

        var name = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var beside = new Npgsql.NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        await PostgresFixture.ExecuteAsync(
            beside, $"alter database \"{name}\" allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'",
            TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Run("kill", "-TERM", FormattableString.Invariant($"{worker.Id}"));

        await worker.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        worker.ExitCode.ShouldBe(0);
        words.Count(static line => line.Contains("PostgreSQL cannot be reached: ", StringComparison.Ordinal)).ShouldBe(1);
        var after = words.SkipWhile(static line => !line.Contains("PostgreSQL cannot be reached: ", StringComparison.Ordinal)).Skip(1).ToList();
        after.Count(static line => line.Contains(" fail: ", StringComparison.Ordinal) || line.Contains(" warn: ", StringComparison.Ordinal))
            .ShouldBeLessThanOrEqualTo(1, string.Join('\n', after));
        await PostgresFixture.ExecuteAsync(beside, $"alter database \"{name}\" allow_connections true", TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Process Start(ScriptedOrigin origin, string connectionString, bool clustered, Action<string>? told = null)
    {
        var settings = new
        {
            ConnectionStrings = new { Ingest = connectionString },
            Ingest = new
            {
                Sources = new { site = new { Url = origin.Url("/feed").ToString() } },
                Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00" },
                Scheduling = new { Partitions = 4, TurnEvery = "00:00:01", Clustered = clustered, DrainTimeout = "00:00:02" },
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
        worker.ErrorDataReceived += (_, line) => told?.Invoke(line.Data ?? "");
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
