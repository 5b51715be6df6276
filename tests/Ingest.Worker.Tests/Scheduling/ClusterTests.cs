using Ingest.Worker.Tests.Scheduling.Cluster;

namespace Ingest.Worker.Tests.Scheduling;

/// <summary>Three workers as processes on one database; the long trials are the benchmark command <c>cluster</c>.</summary>
public sealed class ClusterTests(PostgresFixture postgres) : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-cluster-");

    [Fact]
    public async Task A_killed_workers_hosts_are_taken_over_and_a_paused_worker_does_no_harm()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var database = await postgres.CreateDatabaseAsync(ct);
        var plan = new ClusterPlan
        {
            Sources = 240,
            Hosts = 60,
            Partitions = 16,
            TurnEvery = TimeSpan.FromSeconds(1),
            TurnLength = TimeSpan.FromSeconds(10),
            Interval = TimeSpan.FromSeconds(10),
            CheckIn = TimeSpan.FromSeconds(1),
            Answer = TimeSpan.FromMilliseconds(50),
            Length = TimeSpan.FromSeconds(40),
            Acts =
            [
                new(TimeSpan.FromSeconds(3), "STOP", 1),
                new(TimeSpan.FromSeconds(5), "KILL", 0),
                new(TimeSpan.FromSeconds(16), "CONT", 1),
            ],
        };
        await using var trial = new ClusterTrial(plan, database.ConnectionString, folder.FullName);

        var report = await trial.RunAsync(ct);

        foreach (var line in report.Logs) TestContext.Current.TestOutputHelper?.WriteLine(line);
        report.Overlaps.ShouldBeEmpty();
        report.Doubles.ShouldBe(0);
        report.Visits.Fewest.ShouldBeGreaterThanOrEqualTo(2);
        report.Nodes.Count.ShouldBe(3);
        Housekeeping(report).ShouldBeUnique();
        report.Articles.ShouldBe(1);
        report.Takeovers.ShouldHaveSingleItem();
    }

    public void Dispose() => folder.Delete(recursive: true);

    // The times for which some worker kept house.
    private static IEnumerable<string> Housekeeping(ClusterReport report) =>
        report.Logs.Where(static line => line.Contains("past their retention", StringComparison.Ordinal)).Select(static line => line.Split("(due ")[1]);
}
