using System.Globalization;
using Ingest.Worker.Tests.Scheduling.Cluster;

namespace Ingest.Worker.Benchmarks.Endurance;

/// <summary>
/// <c>cluster [SOURCES [HOSTS]]</c>: three workers on one PostgreSQL, one with a clock 5 s ahead where libfaketime is
/// installed. One is killed and started again, one is paused for a minute, then all are restarted in turn. Takes about four minutes.
/// What the workers logged goes to the file that CLUSTER_LOG names.
/// </summary>
internal static class ClusterCommand
{
    private const string FakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

    public static async Task<int> RunAsync(string[] args)
    {
        var sources = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000;
        var skewed = File.Exists(FakeTime);
        var plan = new ClusterPlan
        {
            Sources = sources,
            Hosts = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Math.Max(1, sources / 10),
            Interval = TimeSpan.FromSeconds(40),
            CheckIn = TimeSpan.FromSeconds(7.5),
            Answer = TimeSpan.FromMilliseconds(100),
            Length = TimeSpan.FromSeconds(215),
            Housekeeping = "0/10 * * * * ?",
            ClockErrors = skewed ? [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.Zero] : [],
            Acts =
            [
                new(TimeSpan.FromSeconds(20), "KILL", 0),
                new(TimeSpan.FromSeconds(60), "START", 0),
                new(TimeSpan.FromSeconds(70), "STOP", 1),
                new(TimeSpan.FromSeconds(130), "CONT", 1),
                new(TimeSpan.FromSeconds(150), "TERM", 0),
                new(TimeSpan.FromSeconds(151), "START", 0),
                new(TimeSpan.FromSeconds(162), "TERM", 1),
                new(TimeSpan.FromSeconds(163), "START", 1),
                new(TimeSpan.FromSeconds(174), "TERM", 2),
                new(TimeSpan.FromSeconds(175), "START", 2),
            ],
        };
        Say(
            $"{plan.Workers} workers, {plan.Sources} sources on {plan.Hosts} hosts, one visit each {plan.Interval.TotalSeconds} s, ",
            $"clocks {(skewed ? "0, +5 and 0 s off" : "right (no libfaketime)")}");
        foreach (var act in plan.Acts) Say($"  {act.At.TotalSeconds,4:0} s {act.Signal,-5} worker-{act.Worker}");
        await using var server = await ScratchPostgres.StartAsync();
        var folder = Directory.CreateTempSubdirectory("ingest-cluster-");
        try
        {
            await using var trial = new ClusterTrial(plan, server.ConnectionString, folder.FullName);
            return Tell(await trial.RunAsync(CancellationToken.None));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static int Tell(ClusterReport report)
    {
        Say(
            $"visits in the ledger       {report.AllVisits}; of a source: fewest {report.Visits.Fewest}, middle {report.Visits.Middle}, ",
            $"most {report.Visits.Most}");
        Say($"requests seen by the hosts {report.Requests}");
        Say($"longest gap of a source    {report.LongestGap.TotalSeconds:0.0} s");
        Say($"doubles                    {report.Doubles}");
        Say($"two workers on one host    {report.Overlaps.Count}");
        foreach (var overlap in report.Overlaps.Take(10)) Say($"  {overlap}");
        Say($"dead worker written off    {string.Join(", ", report.Takeovers.Select(static time => $"{time.TotalSeconds:0.0} s"))} after its kill");
        var kept = report.Logs
            .Where(static line => line.Contains("past their retention", StringComparison.Ordinal))
            .Select(static line => line.Split("(due ")[1]).ToList();
        Say($"housekeeping               {kept.Count} runs, {kept.Count - kept.Distinct(StringComparer.Ordinal).Count()} of them for the time of another");
        Say($"visits by process          {string.Join(", ", report.Nodes)}");
        if (Environment.GetEnvironmentVariable("CLUSTER_LOG") is { Length: > 0 } file) File.WriteAllLines(file, report.Logs);
        foreach (var line in report.Logs.Where(
            static line => line.Contains("Scheduling.", StringComparison.Ordinal) && !line.Contains("past their retention", StringComparison.Ordinal))
            .Take(20))
            Say($"  {line}");
        return report is { Doubles: 0, Overlaps.Count: 0, Visits.Fewest: > 0 } ? 0 : 1;
    }

    private static void Say(params FormattableString[] parts) => Console.WriteLine(string.Concat(Array.ConvertAll(parts, FormattableString.Invariant)));
}
