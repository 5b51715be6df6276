using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Tests.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Ingestion;

public sealed class DueTimeTests(PostgresFixture postgres)
{
    private const string Source = """
        insert into ingest.sources (name, url, configured_url, depth, state, slot, full_text, tags, next_poll_at, next_poll_reason, adaptive_interval,
          failure_weight, last_polled_at, last_success_at, created_at, updated_at)

        """;

    private static readonly short[] AllSlots = HostSlot.OfPartition(0, 1);

    [Fact]
    public async Task What_an_outage_left_overdue_is_spread_once_and_frequent_sources_come_first()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.ExecuteAsync(Source + """
            select 's' || n, 'http://example.com/' || n, 'http://example.com/' || n, 0, 'active', 1, 'auto', '{}', '2026-06-14 12:00Z', 'x',
              make_interval(mins => 5 * (1000 - n)), 0, '2026-06-14 11:00Z', '2026-06-14 11:00Z', '2026-06-01Z', '2026-06-01Z'
            from generate_series(1, 999) n
            """);
        var rebalancer = Care(table, new FakeTimeProvider(SourceTable.Noon));
        var due = await table.Store.LoadDueAsync(new DueQuery(AllSlots, SourceTable.Noon, 200), TestContext.Current.CancellationToken);

        (await rebalancer.SpreadAsync(AllSlots, 1, due, TestContext.Current.CancellationToken)).ShouldBeTrue();

        // 999 sources at 20 visits a second.
        (await table.ReadAsync(
            "select min(next_poll_at) = '2026-06-15 12:00Z', max(next_poll_at) between '2026-06-15 12:00:45Z' "
                + "and '2026-06-15 12:00:50Z', count(distinct date_trunc('second', next_poll_at)) > 45 from ingest.sources"))
            .ShouldBe(["True True True"]);
        (await table.ReadAsync("select name from ingest.sources order by next_poll_at limit 1")).ShouldBe(["s999"]);
        (await new DueTimes(table.Database).SpreadAsync(AllSlots, 1, SourceTable.Noon.AddHours(1), TestContext.Current.CancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task What_a_clock_that_was_ahead_has_planned_is_pulled_back_by_as_much()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.ExecuteAsync(Source + """
            values ('ahead', 'http://example.com/a', 'http://example.com/a', 0, 'active', 1, 'auto', '{}', '2027-06-15 13:00Z', 'x', '1 hour', 0,
              '2027-06-15 12:30Z', '2027-06-15 12:30Z', '2026-06-01Z', '2026-06-01Z'),
                   ('right', 'http://example.com/b', 'http://example.com/b', 0, 'active', 1, 'auto', '{}', '2026-06-15 13:00Z', 'x', '1 hour', 0,
                     '2026-06-15 11:59Z', '2026-06-15 11:59Z', '2026-06-01Z', '2026-06-01Z')
            """);
        var rebalancer = Care(table, new FakeTimeProvider(SourceTable.Noon));

        await rebalancer.PullBackAsync(AllSlots, TestContext.Current.CancellationToken);

        (await table.ReadAsync(
            "select name, next_poll_at = case name when 'ahead' then timestamptz '2026-06-15 12:30Z' else '2026-06-15 13:00Z' end, "
                + "last_success_at <= '2026-06-15 12:00Z' from ingest.sources order by name"))
            .ShouldBe(["ahead True True", "right True True"]);
    }

    [Fact]
    public async Task Whatever_was_planned_by_hand_or_anew_by_a_clock_that_was_ahead_is_due_now()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.ExecuteAsync(Source + """
            values ('new', 'http://example.com/a', 'http://example.com/a', 0, 'active', 1, 'auto', '{}', '2026-06-15 13:00Z', 'x', null, 0, null, null,
              '2026-06-15 13:00Z', '2026-06-15 13:00Z'),
                   ('asked', 'http://example.com/b', 'http://example.com/b', 0, 'active', 1, 'auto', '{}', '2026-06-15 13:00Z', 'asked for by hand', '1 hour',
                     0, '2026-06-15 11:59Z', null, '2026-06-01Z', '2026-06-01Z'),
                   ('released', 'http://example.com/f', 'http://example.com/f', 0, 'active', 1, 'auto', '{}', '2026-06-15 13:00Z', 'hold released by hand',
                     '1 hour', 0, '2026-06-15 11:59Z', null, '2026-06-01Z', '2026-06-01Z'),
                   ('spread', 'http://example.com/c', 'http://example.com/c', 0, 'active', 1, 'auto', '{}', '2026-06-16 13:00Z',
                     'overdue after an outage, spread', '1 hour', 0, '2026-06-15 11:00Z', null, '2026-06-01Z', '2026-06-01Z'),
                   ('far', 'http://example.com/d', 'http://example.com/d', 0, 'active', 1, 'auto', '{}', '2027-06-15 13:00Z', 'x', '1 hour', 0,
                     '2026-06-15 11:00Z', null, '2026-06-01Z', '2026-06-01Z'),
                   ('yearly', 'http://example.com/e', 'http://example.com/e', 0, 'active', 1, 'auto', '{}', '2026-12-31 13:00Z', 'x', '200 days', 0,
                     '2026-06-15 11:00Z', null, '2026-06-01Z', '2026-06-01Z')
            """);

        await Care(table, new FakeTimeProvider(SourceTable.Noon)).PullBackAsync(AllSlots, TestContext.Current.CancellationToken);

        (await table.ReadAsync("select name from ingest.sources where next_poll_at <= '2026-06-15 12:00Z' order by name"))
            .ShouldBe(["asked", "far", "new", "released", "spread"]);
        (await table.ReadAsync("select count(*) from ingest.sources where updated_at > '2026-06-15 12:00Z'")).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Pages_and_holds_that_a_clock_that_was_ahead_has_planned_are_pulled_back_by_as_much()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "https://example.com/a" } }""");
        await table.ExecuteAsync("""
            insert into ingest.page_queue (article_key, source_id, url, slot, state, attempts, next_attempt_at, queued_at)
            select md5(q.name)::uuid, s.id, 'http://example.com/' || q.name, 1, 'waiting', q.attempts, q.next_at, q.queued from ingest.sources s,
            (values ('queued-ahead', 0, timestamptz '2026-06-15 13:00Z', timestamptz '2026-06-15 13:00Z'), ('retried-ahead', 1, '2026-06-16 12:10Z',
              '2026-06-15 11:00Z'),
                    ('right', 1, '2026-06-15 12:10Z', '2026-06-15 11:00Z'), ('due', 0, '2026-06-15 11:00Z', '2026-06-15 11:00Z')) q(name, attempts, next_at,
                      queued)
            """);
        await table.ExecuteAsync(
            "insert into ingest.host_holds (host, not_before, status, set_at) "
                + "values ('ahead', '2026-06-15 14:10Z', 429, '2026-06-15 14:00Z'), ('right', '2026-06-15 12:10Z', 429, '2026-06-15 11:59Z')");

        await Care(table, new FakeTimeProvider(SourceTable.Noon)).PullBackAsync(AllSlots, TestContext.Current.CancellationToken);

        (await table.ReadAsync(
            "select url, to_char(next_attempt_at at time zone 'UTC', 'HH24:MI'), queued_at <= '2026-06-15 12:00Z' from ingest.page_queue order by url"))
            .ShouldBe(
            [
                "http://example.com/due 11:00 True", "http://example.com/queued-ahead 12:00 True", "http://example.com/retried-ahead 14:00 True",
                "http://example.com/right 12:10 True",
            ]);
        (await table.ReadAsync("select host, to_char(not_before at time zone 'UTC', 'HH24:MI') from ingest.host_holds order by host"))
            .ShouldBe(["ahead 12:10", "right 12:10"]);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_by_a_minute_is_noticed_at_the_next_turn()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        var clock = new ShiftedClock();
        var rebalancer = Care(table, clock);
        await rebalancer.PullBackAsync(AllSlots, TestContext.Current.CancellationToken);
        await table.ExecuteAsync(Source + """
            values ('ahead', 'http://example.com/a', 'http://example.com/a', 0, 'active', 1, 'auto', '{}', now() + interval '2 minutes', 'x', '1 hour', 0,
              now() + interval '1 minute', null, '2026-06-01Z', '2026-06-01Z')
            """);

        await rebalancer.PullBackAsync(AllSlots, TestContext.Current.CancellationToken);
        (await table.ReadAsync("select last_polled_at > now() from ingest.sources")).ShouldBe(["True"]);
        clock.WallShift = TimeSpan.FromSeconds(-20);
        await rebalancer.PullBackAsync(AllSlots, TestContext.Current.CancellationToken);
        (await table.ReadAsync("select last_polled_at > now() from ingest.sources")).ShouldBe(["False"]);
    }

    [Theory]
    [InlineData(0, 64, 0)]
    [InlineData(1, 64, 3.2)]
    [InlineData(15_000, 64, 1800)]
    public void The_window_grows_with_what_is_overdue_up_to_half_an_hour(int overdue, int partitions, double seconds) =>
        OverdueSpread.Window(overdue, partitions).TotalSeconds.ShouldBe(seconds, 0.001);

    private static OverdueRebalancer Care(SourceTable table, TimeProvider time) =>
        new(
            new DueTimes(table.Database),
            new WriteGate(time, NullLogger<WriteGate>.Instance),
            new TurnPulse(time),
            Options.Create(new PollingOptions()),
            Options.Create(new PagesOptions()),
            time,
            NullLogger<OverdueRebalancer>.Instance);
}
