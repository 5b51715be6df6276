using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Operations;
using Ingest.Worker.Operations.Metering;
using Ingest.Worker.Storage.Overview;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Benchmarks.Endurance;

/// <summary>
/// <c>scrape [SOURCES]</c>: what it costs to scrape <c>/metrics</c>, with 2,000 sources named, and what the database spends on it once in 15 s.
/// </summary>
internal static class ScrapeCost
{
    private const int Scrapes = 50, Questions = 20, Named = 2_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50_000;
        await using var server = await ScratchPostgres.StartAsync();
        await using var database = server.Open();
        await MillionSources.FillAsync(database, count, TimeSpan.FromHours(1), DateTimeOffset.UtcNow);
        await AskAsync(server, database, count);
        return await ScrapeAsync(database) <= TimeSpan.FromMilliseconds(50) ? 0 : 1;
    }

    private static async Task AskAsync(ScratchPostgres server, Database database, int count)
    {
        var store = new OverviewStore(database);
        await store.LoadAsync(DateTimeOffset.UtcNow, Named, CancellationToken.None);
        var cpu = new ServerCpu(server.Folder);
        var (before, since) = (cpu.Read(), TimeProvider.System.GetTimestamp());
        for (var i = 0; i < Questions; i++) await store.LoadAsync(DateTimeOffset.UtcNow, Named, CancellationToken.None);
        var (spent, took) = (cpu.Read() - before, TimeProvider.System.GetElapsedTime(since));
        var (wall, cost) = (took.TotalMilliseconds / Questions, spent.TotalMilliseconds / Questions);
        Say($"{count} sources: the database is asked in {wall:0.0} ms, {cost:0.0} ms of its CPU, once in 15 s");
    }

    private static async Task<TimeSpan> ScrapeAsync(Database database)
    {
        await using var services = new ServiceCollection().AddMetrics()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System)
            .AddLogging()
            .AddFetching()
            .BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var collector = new MetricsCollector(meters);
        var cache = new OverviewCache(
            new OverviewStore(database),
            Options.Create(new OperationsOptions { SourcesInMetrics = Named }),
            TimeProvider.System,
            NullLogger<OverviewCache>.Instance);
        using var gate = new WriteGate(TimeProvider.System, NullLogger<WriteGate>.Instance);
        _ = new WorkerMetrics(meters, cache, gate, new TurnPulse(TimeProvider.System), database.Outage);
        Measure(services.GetRequiredService<FetchMetrics>());
        await cache.RefreshAsync(CancellationToken.None);
        var bytes = collector.Write().Length;
        var (before, allocated) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));
        for (var i = 0; i < Scrapes; i++) collector.Write();
        var spent = (Process.GetCurrentProcess().TotalProcessorTime - before) / Scrapes;
        allocated = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Scrapes;
        Say($"a scrape of {bytes / 1024} KiB: {spent.TotalMilliseconds:0.0} ms of CPU, {allocated / 1024} KiB allocated");
        return spent;
    }

    // Every kind of fetch with every cause that there is.
    private static void Measure(FetchMetrics metrics)
    {
        foreach (var kind in Enum.GetValues<FetchKind>())
            foreach (var cause in Enum.GetValues<FailureCause>())
                metrics.Record(
                    kind,
                    new FetchResult.Failed
                    {
                        Kind = FailureKind.Transient, Cause = cause, Reason = "", FinalUrl = new Uri("https://example.org/"), Status = 0, Attempts = 1,
                        Duration = TimeSpan.FromSeconds(1),
                    });
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
