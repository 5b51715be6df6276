using System.Globalization;
using System.Net;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Origin;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ingest.Worker.Tests.Ingestion.Month;

/// <summary>
/// Real code, real PostgreSQL, real HTTP over loopback, and a clock that jumps from one due time to the next; the worker is stopped and started anew every
/// day. Each temperament is polled by the rhythm of its news and, as a source of its own on a host of its own, every 60 minutes.
/// </summary>
/// <param name="connectionString">A database of its own.</param>
/// <param name="days">Days to live through.</param>
/// <param name="temperaments">One source of each time that it is named.</param>
/// <param name="compared">Whether each is also polled every 60 minutes.</param>
internal sealed class SimulatedMonth(string connectionString, int days, IReadOnlyList<Temperament> temperaments, bool compared)
{
    /// <summary>The pace of each host: real time, in which nobody can wait for a second.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);

    /// <summary>Turns come so often; what is due by then is visited side by side.</summary>
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(20);
    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    private readonly JumpingClock clock = new(Temperament.Start);
    private readonly Dictionary<string, (SimulatedFeed Feed, MonthMeter Meter)> feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> settings = new(StringComparer.Ordinal)
    {
        ["Ingest:Fetching:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Ingest:Fetching:MinimumHostDelay"] = Pace.ToString(),
        ["Ingest:Fetching:RetryDelay"] = "00:00:00.001",
        ["Ingest:Fetching:MaxHostWait"] = "00:00:01",
        ["Ingest:Storage:MaxConnections"] = "8",
    };

    /// <summary>Days that were lived through.</summary>
    public int Lived { get; private set; }

    /// <summary>Days at the beginning that do not count.</summary>
    public int WarmUp { get; init; }

    /// <summary>Lives through the days and gives one row a source.</summary>
    /// <param name="enough">Once cancelled, no further day begins.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<MonthRow>> RunAsync(CancellationToken enough, CancellationToken ct)
    {
        var hosts = Enumerable.Range(0, temperaments.Count * Ways);
        var addresses = hosts.Select(static n => new IPAddress([127, 0, (byte)(9 + (n / 250)), (byte)(1 + (n % 250))])).ToList();
        await using var origin = await ScriptedOrigin.StartAsync(addresses, await FreePortAsync());
        Configure(origin, addresses);
        origin.ServeBelow("/", (_, request) => feeds[request.Host].Feed.Answer(request));
        origin.OnReply = request => feeds[request.Host].Meter.Saw(request, clock.GetUtcNow());
        while (Lived < days && !enough.IsCancellationRequested)
        {
            origin.ForgetRequests();
            await LiveAsync(Temperament.Start.AddDays(++Lived), ct);
        }

        return await RowsAsync(ct);
    }

    /// <summary>What all servers saw on some of the days.</summary>
    public MonthCounts Between(int from, int to) => MonthCounts.Sum(feeds.Values.Select(pair => pair.Meter.Between(from, to)));

    private int Ways => compared ? 2 : 1;

    private static async Task<int> FreePortAsync()
    {
        await using var probe = await ScriptedOrigin.StartAsync();
        return probe.BaseUrl.Port;
    }

    private void Configure(ScriptedOrigin origin, List<IPAddress> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            var temperament = temperaments[i / Ways];
            var copy = temperaments.Take(i / Ways).Count(other => other == temperament);
            var name = temperament.Name + (copy == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{copy + 1}")) + (i % Ways == 0 ? "" : "-60");
            var host = string.Create(CultureInfo.InvariantCulture, $"{addresses[i]}:{origin.BaseUrl.Port}");
            var feed = new SimulatedFeed(temperament, name, new Uri($"http://{host}/{name}/"), clock, days, copy);
            TimeSpan? interval = i % Ways == 1 ? TimeSpan.FromHours(1) : null;
            feeds[host] = (feed, new MonthMeter(feed, interval, days));
            Configure(feed, name, interval);
            if (temperament.HasTwin) Configure(feed, name + "-too", interval);
        }
    }

    private void Configure(SimulatedFeed feed, string name, TimeSpan? interval)
    {
        settings[$"Ingest:Sources:{name}:Url"] = feed.Url.ToString();
        settings[$"Ingest:Sources:{name}:FullText"] = feed.Temperament.HasPages ? "Always" : "Never";
        if (interval is { } own) settings[$"Ingest:Sources:{name}:Interval"] = own.ToString("c", CultureInfo.InvariantCulture);
        else if (feed.Temperament.Schedule is { } schedule) settings[$"Ingest:Sources:{name}:Schedule"] = schedule;
    }

    // One life of the worker, from its start to the end of a day.
    private async Task LiveAsync(DateTimeOffset end, CancellationToken ct)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<TimeProvider>(clock)
            .AddLogging()
            .AddFetching()
            .AddIngestion()
            .AddStorage(connectionString)
            .BuildServiceProvider();
        await services.GetRequiredService<SourceSync>().RunAsync(ct);
        var (sources, queue) = (services.GetRequiredService<SourceStore>(), services.GetRequiredService<PageQueue>());
        var (rounds, rebalancer) = (services.GetRequiredService<VisitRounds>(), services.GetRequiredService<OverdueRebalancer>());
        while (clock.GetUtcNow() < end)
        {
            var (source, page) = await NextDueAsync(services.GetRequiredService<Database>().DataSource, ct);
            var next = (source < page ? source : page) + Turn;
            clock.JumpTo(next < end ? next : end);
            await rebalancer.PullBackAsync(AllSlots, ct);
            var now = new DueQuery(AllSlots, clock.GetUtcNow(), 1000);
            var due = await sources.LoadDueAsync(now, ct);
            if (await rebalancer.SpreadAsync(AllSlots, 1, due, ct)) continue;
            var pages = page <= now.Now ? await queue.LoadDueAsync(now, ct) : [];
            await Task.WhenAll(rounds.VisitAsync(due, 8, CancellationToken.None, ct), rounds.VisitPagesAsync(pages, 8, CancellationToken.None, ct));
        }
    }

    private static async Task<(DateTimeOffset Source, DateTimeOffset Page)> NextDueAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            select
              (select min(next_poll_at) from ingest.sources where state in ('active', 'gone')),
              (select min(next_attempt_at) from ingest.page_queue where state = 'waiting')
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        return (At(0), At(1));

        DateTimeOffset At(int column) => reader.IsDBNull(column) ? DateTimeOffset.MaxValue.AddDays(-1) : reader.GetFieldValue<DateTimeOffset>(column);
    }

    private async Task<IReadOnlyList<MonthRow>> RowsAsync(CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var seen = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select split_part(url, '?', 1), first_seen_at from ingest.article_sightings order by first_seen_at desc"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) seen[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return [.. feeds.Values.Select(pair => RowOf(pair.Feed, pair.Meter, seen))];
    }

    private MonthRow RowOf(SimulatedFeed feed, MonthMeter meter, Dictionary<string, DateTimeOffset> seen)
    {
        // The last day's news may still be waiting, and what a publisher took down cannot be read. After a warm-up, one day counts.
        var to = WarmUp > 0 ? WarmUp + 1 : Lived;
        var until = Temperament.Start.AddDays(feed.Temperament.Name == "gone" ? Math.Min(Lived, 20) - 1 : Lived - 1);
        var news = feed.News.Where(entry => entry.At >= Temperament.Start.AddDays(WarmUp) && AvailableAt(feed.Temperament, entry.At) < until).ToList();
        var waits = news.Where(entry => seen.ContainsKey(entry.Url)).Select(entry => seen[entry.Url] - AvailableAt(feed.Temperament, entry.At));
        var latencies = waits.Select(static wait => Math.Max(0, wait.TotalMinutes));
        return new MonthRow(feed.Name, news.Count, [.. latencies.Order()], meter.Between(WarmUp, Math.Min(to, Lived))) { Temperament = feed.Temperament };
    }

    private static DateTimeOffset AvailableAt(Temperament temperament, DateTimeOffset at) =>
        temperament.Outage is var (from, to) && at >= Temperament.Start.AddDays(from) && at < Temperament.Start.AddDays(to) ? Temperament.Start.AddDays(to) : at;
}
