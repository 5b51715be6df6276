using Ingest.Worker.Tests.Ingestion.Month;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class MonthTests(PostgresFixture postgres)
{
    private static readonly string[] Few =
    [
        "dead", "limited", "weekly", "skip-hours", "refuses", "fell-silent", "long-404", "heavy", "scheduled", "strict", "twins",
        "pages", "mirrors", "deltas",
    ];

    [Fact]
    public async Task In_five_days_with_daily_restarts_nobody_is_asked_sooner_than_allowed()
    {
        await using var database = await postgres.CreateDatabaseAsync(TestContext.Current.CancellationToken);
        var month = new SimulatedMonth(
            database.ConnectionString, 5, [.. Temperament.All.Where(static temperament => Few.Contains(temperament.Name))], compared: false);

        var rows = await month.RunAsync(CancellationToken.None, TestContext.Current.CancellationToken);

        rows.Select(static row => row.Name).ShouldBe(Few, ignoreOrder: true);

        // Which requests follow at once on others is a matter of milliseconds, and not for a test.
        rows.Where(static row => row.Counts.Faults != row.Counts.AtOnce || row.Missed > 0)
            .Select(static row => $"{row.Name}: {row.Counts}, missed {row.Missed}")
            .ShouldBeEmpty();
        rows.Single(static row => row.Name == "dead").Counts.Unconditional.ShouldBeLessThanOrEqualTo(1);
        rows.Single(static row => row.Name == "dead").Counts.Requests.ShouldBeInRange(5, 15);
        rows.Single(static row => row.Name == "heavy").Counts.Requests.ShouldBeInRange(30, 100);
        rows.Single(static row => row.Name == "limited").Median!.Value.ShouldBeLessThan(60);
    }
}
