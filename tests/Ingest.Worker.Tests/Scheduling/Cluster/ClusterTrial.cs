using System.Globalization;
using Npgsql;

namespace Ingest.Worker.Tests.Scheduling.Cluster;

/// <summary>Runs workers as processes on one database against watching hosts, does to them what the plan says, and counts.</summary>
internal sealed class ClusterTrial(ClusterPlan plan, string connectionString, string folder) : IAsyncDisposable
{
    private readonly NpgsqlDataSource database = NpgsqlDataSource.Create(connectionString);
    private readonly WorkerProcess?[] workers = new WorkerProcess?[plan.Workers];
    private readonly List<string> logs = [];
    private readonly List<TimeSpan> takeovers = [];
    private HostWatch? hosts;

    public async Task<ClusterReport> RunAsync(CancellationToken ct)
    {
        hosts = await HostWatch.StartAsync(plan.Answer);
        var file = Path.Combine(folder, "settings.json");
        WorkerProcess.WriteSettings(file, connectionString, hosts.Sources(plan.Sources, plan.Hosts), plan.Interval, new
        {
            plan.Partitions,
            TurnEvery = plan.TurnEvery.ToString("c", CultureInfo.InvariantCulture),
            TurnLength = plan.TurnLength.ToString("c", CultureInfo.InvariantCulture),
            Clustered = true,
            plan.Housekeeping,
            CheckInEvery = plan.CheckIn.ToString("c", CultureInfo.InvariantCulture),
        });
        for (var worker = 0; worker < plan.Workers; worker++) Start(worker, file);
        await AskedAsync(ct);
        var began = TimeProvider.System.GetTimestamp();
        var waits = new List<Task>();
        foreach (var act in plan.Acts.OrderBy(static act => act.At))
        {
            await UntilAsync(began, act.At, ct);
            await ActAsync(act, file, waits, ct);
        }

        await UntilAsync(began, plan.Length, ct);
        await Task.WhenAll(waits);
        foreach (var worker in workers) worker!.Signal("TERM");
        foreach (var worker in workers) await worker!.WaitAsync(ct);
        return await CountAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers) worker?.Dispose();
        if (hosts is not null) await hosts.DisposeAsync();
        await database.DisposeAsync();
    }

    // Letters: it is the product token too.
    private static string Name(int worker) => $"worker-{(char)('a' + worker)}";

    private static async Task UntilAsync(long began, TimeSpan at, CancellationToken ct)
    {
        if (at - TimeProvider.System.GetElapsedTime(began) is var left && left > TimeSpan.Zero) await Task.Delay(left, ct);
    }

    private void Start(int worker, string file)
    {
        if (workers[worker] is { } before)
        {
            logs.AddRange(before.Log.Select(line => $"{before.Name}: {line}"));
            before.Dispose();
        }

        workers[worker] = WorkerProcess.Start(
            Name(worker), file, plan.ClockErrors.Count > worker && plan.ClockErrors[worker] != TimeSpan.Zero ? plan.ClockErrors[worker] : null);
    }

    // The trial begins when every worker has asked a host: processes take their time to start.
    private async Task AskedAsync(CancellationToken ct)
    {
        var asked = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        hosts!.OnAsked = name => asked[name] = true;
        var since = TimeProvider.System.GetTimestamp();
        while (asked.Count < plan.Workers && TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(2)) await Task.Delay(100, ct);
        hosts.OnAsked = null;
    }

    private async Task ActAsync(ClusterAct act, string file, List<Task> waits, CancellationToken ct)
    {
        if (act.Signal == "START")
        {
            Start(act.Worker, file);
            return;
        }

        var living = await ScalarAsync("select count(*) from quartz.qrtz_scheduler_state", ct);
        workers[act.Worker]!.Signal(act.Signal);
        logs.Add($"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {act.Signal} {Name(act.Worker)}");
        if (act.Signal == "KILL")
        {
            hosts!.Forget(Name(act.Worker));
            waits.Add(TakeoverAsync(living - 1, ct));
        }
        else if (act.Signal == "TERM")
        {
            await workers[act.Worker]!.WaitAsync(ct);
        }
    }

    private async Task TakeoverAsync(long living, CancellationToken ct)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await ScalarAsync("select count(*) from quartz.qrtz_scheduler_state", ct) > living) await Task.Delay(100, ct);
        takeovers.Add(TimeProvider.System.GetElapsedTime(since));
    }

    private async Task<ClusterReport> CountAsync(CancellationToken ct)
    {
        foreach (var worker in workers.OfType<WorkerProcess>()) logs.AddRange(worker.Log.Select(line => $"{worker.Name}: {line}"));
        var interval = string.Create(CultureInfo.InvariantCulture, $"interval '{plan.Interval.TotalSeconds * 0.85:0.0} s'");
        const string Gaps =
            "select source_id, started_at, started_at - lag(started_at) over (partition by source_id order by started_at) as gap from ingest.fetches";
        return new ClusterReport
        {
            Visits = (
                await ScalarAsync(
                    "select coalesce(min(n), 0) from (select count(f.id) n from ingest.sources s left join ingest.fetches f on f.source_id = s.id "
                        + "group by s.id) x",
                    ct),
                await ScalarAsync(
                    "select percentile_disc(0.5) within group (order by n) from (select count(*) n from ingest.fetches group by source_id) x", ct),
                await ScalarAsync("select max(n) from (select count(*) n from ingest.fetches group by source_id) x", ct)),
            AllVisits = await ScalarAsync("select count(*) from ingest.fetches", ct),
            LongestGap = TimeSpan.FromMilliseconds(await ScalarAsync(
                $"""
                select (extract(epoch from greatest((select max(gap) from ({Gaps}) g),
                  (select max(e.ended - last) from (select max(started_at) as last from ingest.fetches group by source_id) l, (select max(started_at) as ended
                    from ingest.fetches) e))) * 1000)::bigint
                """, ct)),
            Doubles = await ScalarAsync($"select count(*) from ({Gaps}) g where gap < {interval}", ct),
            Requests = hosts!.Requests,
            Overlaps = hosts.Overlaps,
            Nodes = await TextsAsync("select node || ': ' || count(*) from ingest.fetches group by node order by min(started_at)", ct),
            Takeovers = takeovers,
            Articles = await ScalarAsync("select count(*) from ingest.articles", ct),
            Logs = logs,
        };
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }

    private async Task<IReadOnlyList<string>> TextsAsync(string sql, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(ct)) texts.Add(reader.GetString(0));
        return texts;
    }
}
