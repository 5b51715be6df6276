using System.Diagnostics;
using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>What a trial has around it: a folder, a server, a growing site, workers and a reader of the changes; and how it ends.</summary>
internal sealed class Trial : IAsyncDisposable
{
    private const int QuietRuns = 8;

    private readonly List<string> faults = [];
    private readonly CancellationTokenSource over = new();
    private readonly long since = Stopwatch.GetTimestamp();
    private readonly DirectoryInfo folder;
    private readonly Follower follower;
    private Task background = Task.CompletedTask;

    private Trial(DirectoryInfo folder, TrialServer server, GrowingSite site, int workers, int seed)
    {
        this.folder = folder;
        Server = server;
        Site = site;
        Random = new Random(seed);
        Workers =
        [
            .. Enumerable.Range(1, workers).Select(number => new TrialWorker(string.Create(CultureInfo.InvariantCulture, $"worker-{number}"), folder.FullName)),
        ];
        follower = new Follower(server);
    }

    public TrialServer Server { get; }

    public GrowingSite Site { get; }

    public Random Random { get; }

    public IReadOnlyList<TrialWorker> Workers { get; }

    public string Folder => folder.FullName;

    /// <summary>Sets everything up, with the workers written but not started.</summary>
    /// <param name="workers">One, or several that share the work.</param>
    /// <param name="seed">Of the random moments.</param>
    /// <param name="data">Folder of the server's data, made already; null for one in the trial's folder.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Trial> PrepareAsync(int workers, int seed, string? data, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-campaign-");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["fsync"] = "off",
            ["max_connections"] = "120",
            ["shared_buffers"] = "32MB",
            ["max_wal_size"] = "64MB",
            ["min_wal_size"] = "32MB",
        };
        var trial = new Trial(
            folder, new TrialServer(data ?? Path.Combine(folder.FullName, "pg"), settings), await GrowingSite.StartAsync(seed), workers, seed);
        try
        {
            await trial.Server.StartAsync(ct);
            trial.WriteSettings(trial.Site.Sources());
            return trial;
        }
        catch
        {
            await trial.DisposeAsync();
            throw;
        }
    }

    public static void Say(string line) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {line}"));

    public void Fault(string words) => faults.Add(words);

    /// <summary>Writes the settings of all workers.</summary>
    public void WriteSettings(Dictionary<string, object> sources)
    {
        foreach (var worker in Workers)
        {
            worker.Write(new
            {
                ConnectionStrings = new { Ingest = Server.ConnectionString },
                Ingest = new
                {
                    Sources = sources,
                    Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00.020", RetryDelay = "00:00:00.100" },
                    Pages = new { RetryDelay = "00:00:01", LongestRetryDelay = "00:00:05", MaxAttempts = 50 },
                    // All at once: what matters here is what they do to each other.
                    Polling = new { LongestBackoff = "00:01:00", ShortestInterval = "00:01:00", FirstPollsPerSecond = 1000 },
                    Scheduling = new { TurnEvery = "00:00:01", Partitions = 8, Clustered = Workers.Count > 1, CheckInEvery = "00:00:02" },
                    Storage = new { MaxConnections = 20 },
                    Operations = new { HeartbeatFile = Path.Combine(Folder, worker.Name + ".alive"), HeartbeatEvery = "00:00:02" },
                },
                Logging = new { LogLevel = new Dictionary<string, string>(StringComparer.Ordinal) { ["Default"] = "Warning" } },
            });
        }
    }

    /// <summary>Starts the workers and waits for the first articles.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        foreach (var worker in Workers) worker.Start();
        background = Task.WhenAll(follower.FollowAsync(over.Token), MeasureAsync(over.Token));
        if (!await GrowsAsync(0, TimeSpan.FromMinutes(2), ct)) throw new TrialException("No article came in two minutes: " + Workers[0].LastWords);
    }

    /// <summary>Whether there are more articles than <paramref name="before"/> within a time.</summary>
    public async Task<bool> GrowsAsync(long before, TimeSpan within, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        while (await Server.ArticlesAsync(ct) <= before)
        {
            if (Stopwatch.GetElapsedTime(began) > within) return false;
            await Task.Delay(250, ct);
        }

        return true;
    }

    /// <summary>Counts workers that exited unexpectedly as faults, and starts them again.</summary>
    public void ShouldLive(string when)
    {
        foreach (var worker in Workers.Where(static worker => !worker.Lives))
        {
            Fault($"{when}: {worker.Name} exited unexpectedly with {worker.ExitCode}: {worker.LastWords}");
            worker.Start();
        }
    }

    public Task PauseAsync(double atLeast, double atMost, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromSeconds(atLeast + (Random.NextDouble() * (atMost - atLeast))), ct);

    /// <summary>The quiet end: everyone stops, nothing grows or fails any more, all is visited until nothing waits; then the books are compared.</summary>
    public async Task<Verdict> FinishAsync(string done, CancellationToken ct)
    {
        ShouldLive("end");
        foreach (var worker in Workers)
        {
            if (await worker.EndAsync("TERM", TimeSpan.FromMinutes(1), ct) is var code && code != 0)
                Fault($"{worker.Name}: SIGTERM ended with {code}: {worker.LastWords}");
        }

        Site.Freeze();
        WriteSettings(Site.Sources());
        for (var run = 1; run <= QuietRuns; run++)
        {
            var exit = await Workers[0].RunOnceAsync(ct);
            var waiting = await Server.AskAsync("select count(*) from ingest.page_queue where state = 'waiting' and url like 'http://127.40.%'", ct);
            Say($"quiet run {run}: exit {exit}, {waiting[0][0]} pages wait");
            if (run > 1 && waiting[0][0] == "0") break;
        }

        await over.CancelAsync();
        await background;
        await follower.FinishAsync(ct);
        return await new Ledger(Site, Server, follower).CompareAsync(
            new Verdict
            {
                Done = done,
                Requests = Site.Requests,
                Peak = Workers.Max(static worker => worker.Peak),
                Took = Stopwatch.GetElapsedTime(since),
                Faults = faults,
            },
            ct);
    }

    /// <summary>How late the items that were born in a time were stored.</summary>
    public Task<Delay?> DelayAsync(DateTimeOffset begin, DateTimeOffset end, CancellationToken ct) =>
        new Ledger(Site, Server, follower).DelayAsync(begin, end, ct);

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await background;
        foreach (var worker in Workers) worker.Dispose();
        await Site.DisposeAsync();
        await Server.DisposeAsync();
        folder.Delete(recursive: true);
        over.Dispose();
    }

    private async Task MeasureAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var worker in Workers) worker.Measure();
            await Task.Delay(500, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
