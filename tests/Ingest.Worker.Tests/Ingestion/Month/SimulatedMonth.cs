using System.Globalization;
using System.Net;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Origin;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
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
/// <param name="temperaments">One source of each.</param>
/// <param name="compared">Whether each is also polled every 60 minutes.</param>
internal sealed class SimulatedMonth(string connectionString, int days, IReadOnlyList<Temperament> temperaments, bool compared)
{
    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    private readonly JumpingClock clock = new(Temperament.Start);
    private readonly Dictionary<string, (SimulatedFeed Feed, MonthMeter Meter)> feeds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> settings = new(StringComparer.Ordinal)
    {
        ["Ingest:Fetching:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Ingest:Fetching:MinimumHostDelay"] = "00:00:00.001",
        ["Ingest:Fetching:RetryDelay"] = "00:00:00.001",
        ["Ingest:Storage:MaxConnections"] = "8",
    };

    /// <summary>Days that were lived through.</summary>
    public int Lived { get; private set; }

    /// <summary>Lives through the days and gives one row a source.</summary>
    /// <param name="enough">Once cancelled, no further day begins.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<IReadOnlyList<MonthRow>> RunAsync(CancellationToken enough, CancellationToken ct)
    {
        var addresses = Enumerable.Range(1, temperaments.Count * Ways).Select(static n => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"127.0.9.{n}"))).ToList();
        await using var origin = await ScriptedOrigin.StartAsync(addresses, await FreePortAsync());
        Configure(origin, addresses);
        origin.OnReply = request => feeds[request.Path.Split('/')[1]].Meter.Saw(request, clock.GetUtcNow());
        while (Lived < days && !enough.IsCancellationRequested)
        {
            origin.ForgetRequests();
            await LiveAsync(Temperament.Start.AddDays(++Lived), ct);
        }

        return await RowsAsync(ct);
    }

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
            var name = i % Ways == 0 ? temperament.Name : temperament.Name + "-60";
            var root = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{addresses[i]}:{origin.BaseUrl.Port}/{name}/"));
            var feed = new SimulatedFeed(temperament, name, root, clock, days);
            feeds[name] = (feed, new MonthMeter(feed));
            origin.ServeBelow($"/{name}/", feed.Answer);
            settings[$"Ingest:Sources:{name}:Url"] = feed.Url.ToString();
            settings[$"Ingest:Sources:{name}:FullText"] = "Never";
            if (i % Ways == 0 && temperament.Schedule is { } schedule) settings[$"Ingest:Sources:{name}:Schedule"] = schedule;
            if (i % Ways == 1) settings[$"Ingest:Sources:{name}:Interval"] = "01:00:00";
        }
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
        var (sources, rounds, care) = (services.GetRequiredService<SourceStore>(), services.GetRequiredService<VisitRounds>(), services.GetRequiredService<DueTimeCare>());
        while (clock.GetUtcNow() < end)
        {
            await care.PullBackAsync(AllSlots, ct);
            var due = await sources.LoadDueAsync(new DueQuery(AllSlots, clock.GetUtcNow(), 1000), ct);
            if (await care.SpreadAsync(AllSlots, 1, due, ct)) continue;
            if (due.Count > 0) await rounds.VisitAsync(due, 8, CancellationToken.None, ct);
            else clock.JumpTo(await NextDueAsync(services.GetRequiredService<Database>().DataSource, ct) is { } next && next < end ? next : end);
        }
    }

    private static async Task<DateTimeOffset?> NextDueAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var command = database.CreateCommand("select min(next_poll_at) from ingest.sources where state in ('active', 'gone')");
        return await command.ExecuteScalarAsync(ct) is DateTime next ? new DateTimeOffset(next, TimeSpan.Zero) : null;
    }

    private async Task<IReadOnlyList<MonthRow>> RowsAsync(CancellationToken ct)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        var seen = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await using (var command = database.CreateCommand("select url, first_seen_at from ingest.article_sightings"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) seen[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        return [.. feeds.Values.Select(pair => RowOf(pair.Feed, pair.Meter, seen))];
    }

    private MonthRow RowOf(SimulatedFeed feed, MonthMeter meter, Dictionary<string, DateTimeOffset> seen)
    {
        // The last day's news may still be waiting, and what a publisher took down cannot be read.
        var until = Temperament.Start.AddDays(feed.Temperament.Name == "gone" ? Math.Min(Lived, 20) - 1 : Lived - 1);
        var news = feed.News.Where(entry => entry.At < until).ToList();
        var latencies = news.Where(entry => seen.ContainsKey(entry.Url)).Select(entry => (seen[entry.Url] - AvailableAt(feed.Temperament, entry.At)).TotalMinutes).Order().ToList();
        return new MonthRow(feed.Name, news.Count, news.Count - latencies.Count, Share(latencies, 0.5), Share(latencies, 0.95), meter);
    }

    private static DateTimeOffset AvailableAt(Temperament temperament, DateTimeOffset at) =>
        temperament.Outage is var (from, to) && at >= Temperament.Start.AddDays(from) && at < Temperament.Start.AddDays(to) ? Temperament.Start.AddDays(to) : at;

    private static double? Share(List<double> sorted, double share) => sorted.Count == 0 ? null : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];
}

/// <summary>What became of one simulated source.</summary>
/// <param name="Name">The source; those that end in -60 are polled every 60 minutes.</param>
/// <param name="News">Entries that came.</param>
/// <param name="Missed">Those of them that were never seen.</param>
/// <param name="Median">Minutes from an entry's coming to its being stored.</param>
/// <param name="P95">The same, for all but one in twenty.</param>
/// <param name="Meter">What its server saw.</param>
internal sealed record MonthRow(string Name, int News, int Missed, double? Median, double? P95, MonthMeter Meter);

/// <summary>A clock that runs, and jumps to where it is told.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan shift = start - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;

    public override long GetTimestamp() => (GetUtcNow() - start).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void JumpTo(DateTimeOffset time)
    {
        if (time > GetUtcNow()) shift = time - System.GetUtcNow();
    }
}
