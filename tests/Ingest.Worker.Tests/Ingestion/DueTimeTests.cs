using Ingest.Worker.Ingestion;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class DueTimeTests(PostgresFixture postgres)
{
    private const string Source = """insert into ingest.sources (name, url, configured_url, depth, state, slot, full_text, tags, next_poll_at, next_poll_reason, adaptive_interval, failure_weight, last_polled_at, last_success_at, created_at, updated_at) """;

    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    [Fact]
    public async Task What_an_outage_left_overdue_is_spread_once_and_frequent_sources_come_first()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.ExecuteAsync(Source + """
            select 's' || n, 'http://example.com/' || n, 'http://example.com/' || n, 0, 'active', 1, 'auto', '{}', '2026-06-14 12:00Z', 'x', make_interval(mins => 5 * (1000 - n)), 0, '2026-06-14 11:00Z', '2026-06-14 11:00Z', '2026-06-01Z', '2026-06-01Z'
            from generate_series(1, 999) n
            """);
        var care = new DueTimeCare(new DueTimes(table.Database), new FakeTimeProvider(SourceTable.Noon), NullLogger<DueTimeCare>.Instance);
        var due = await table.Store.LoadDueAsync(new DueQuery(AllSlots, SourceTable.Noon, 200), TestContext.Current.CancellationToken);

        (await care.SpreadAsync(AllSlots, 1, due, TestContext.Current.CancellationToken)).ShouldBeTrue();

        // 999 sources at 20 visits a second.
        (await table.ReadAsync("select min(next_poll_at) = '2026-06-15 12:00Z', max(next_poll_at) between '2026-06-15 12:00:45Z' and '2026-06-15 12:00:50Z', count(distinct date_trunc('second', next_poll_at)) > 45 from ingest.sources")).ShouldBe(["True True True"]);
        (await table.ReadAsync("select name from ingest.sources order by next_poll_at limit 1")).ShouldBe(["s999"]);
        (await new DueTimes(table.Database).SpreadAsync(AllSlots, 1, SourceTable.Noon.AddHours(1), TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_clock_that_was_ahead_has_planned_is_pulled_back_by_as_much()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.ExecuteAsync(Source + """
            values ('ahead', 'http://example.com/a', 'http://example.com/a', 0, 'active', 1, 'auto', '{}', '2027-06-15 13:00Z', 'x', '1 hour', 0, '2027-06-15 12:30Z', '2027-06-15 12:30Z', '2026-06-01Z', '2026-06-01Z'),
                   ('right', 'http://example.com/b', 'http://example.com/b', 0, 'active', 1, 'auto', '{}', '2026-06-15 13:00Z', 'x', '1 hour', 0, '2026-06-15 11:59Z', '2026-06-15 11:59Z', '2026-06-01Z', '2026-06-01Z')
            """);
        var care = new DueTimeCare(new DueTimes(table.Database), new FakeTimeProvider(SourceTable.Noon), NullLogger<DueTimeCare>.Instance);

        await care.PullBackAsync(AllSlots, TestContext.Current.CancellationToken);

        (await table.ReadAsync("select name, next_poll_at = case name when 'ahead' then timestamptz '2026-06-15 12:30Z' else '2026-06-15 13:00Z' end, last_success_at <= '2026-06-15 12:00Z' from ingest.sources order by name"))
            .ShouldBe(["ahead True True", "right True True"]);
    }

    [Theory]
    [InlineData(0, 64, 0)]
    [InlineData(1, 64, 3.2)]
    [InlineData(15_000, 64, 1800)]
    public void The_window_grows_with_what_is_overdue_up_to_half_an_hour(int overdue, int partitions, double seconds) =>
        OverdueSpread.Window(overdue, partitions).TotalSeconds.ShouldBe(seconds, 0.001);
}
