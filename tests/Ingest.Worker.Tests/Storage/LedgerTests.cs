using Ingest.Worker.Origin;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Tests.Configuration;
using Ingest.Worker.Tests.Ingestion;
using Npgsql;
using static Ingest.Worker.Tests.Ingestion.RevisionTests;

namespace Ingest.Worker.Tests.Storage;

/// <summary>The ledger stands in tables by day: full for a week, then without what told of nothing, and dropped whole at last.</summary>
public sealed class LedgerTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = SourceTable.Noon;

    // Of each of some days: sixty answers of 304 that took up to 3 s, ten bodies without news, one with news, one failure, and one that was led elsewhere.
    private const string Lines = """
        insert into ingest.fetches (id, source_id, kind, started_at, duration_ms, status, outcome, cause, failure, bytes, attempts, conditional, redirects, entries_new,
          entries_changed, entries_known, entries_rejected, node, due_at)
        select overlay(gen_random_uuid()::text placing left(ingest.fetch_id(t.at)::text, 14) from 1 for 14)::uuid, 7, 'feed', t.at, n * 50,
          case when n <= 60 then 304 when n = 72 then 503 else 200 end, case when n <= 60 then 'not_modified' when n = 72 then 'failed' else 'fetched' end,
          case when n = 72 then 'HttpStatus' end, case when n = 72 then 'HTTP 503' end, 100, 1, true, case when n = 73 then array['302 https://b.example/'] end,
          case when n = 71 then 1 else 0 end, 0, 5, 0, 'n', t.at - n * interval '1 second'
        from unnest($1) as d(day), generate_series(1, 73) n, lateral (select d.day::timestamp at time zone 'UTC' + n * interval '10 minutes') t(at)
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_week_a_day_keeps_what_told_of_something_and_counts_of_the_rest()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await AddAsync(table, 0, 1, 6, 7, 40);
        var before = await table.ReadAsync("select * from ingest.fetches_per_day order by 1, 2, 3, 4");
        var retention = new LedgerRetention(table.Database);

        (await retention.TrimAsync(Noon, Ct)).ShouldBe(0);

        (await TablesAsync(table)).ShouldBe(
            [
                "fetches_20260506_told", "fetches_20260608_told", "fetches_20260609", "fetches_20260614", "fetches_20260615", "fetches_20260616",
                "fetches_20260617", "fetches_20260618", "fetches_other",
            ]);
        (await table.ReadAsync("select count(*) from ingest.fetches_other")).ShouldBe(["0"]);
        (await table.ReadAsync("select started_at::date::text, count(*) from ingest.fetches group by 1 order by 1"))
            .ShouldBe(["2026-05-06 3", "2026-06-08 3", "2026-06-09 73", "2026-06-14 73", "2026-06-15 73"]);
        (await table.ReadAsync("select status, cause, redirects is null from ingest.fetches where id < ingest.fetch_id('2026-06-01Z') order by status"))
            .ShouldBe(["200 - True", "200 - False", "503 HttpStatus True"], ignoreOrder: true);
        (await table.ReadAsync("select * from ingest.fetches_per_day order by 1, 2, 3, 4")).ShouldBe(before);

        // The same again finds nothing to do.
        (await retention.TrimAsync(Noon, Ct)).ShouldBe(0);
        (await table.ReadAsync("select * from ingest.fetches_per_day order by 1, 2, 3, 4")).ShouldBe(before);
    }

    [Fact]
    public async Task Counts_tell_how_long_fetches_took_and_add_up()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await AddAsync(table, 8);
        await new LedgerRetention(table.Database).TrimAsync(Noon, Ct);

        // True are 1,500 ms, 2,950 ms and 50 ms.
        (await table.ReadAsync("""
            select fetches, attempts, bytes, round(ingest.duration_quantile(durations, 0.5)), round(ingest.duration_quantile(durations, 0.98)),
              round(ingest.duration_quantile(durations, 0)) from ingest.fetch_counts where status = 304
            """)).ShouldBe(["60 60 6000 2048 4096 64"]);
        // More of that day, from before the ledger had tables by day.
        await table.ExecuteAsync("create table ingest.fetches_before (like ingest.fetches)");
        await AddAsync(table, Lines.Replace("ingest.fetches ", "ingest.fetches_before ", StringComparison.Ordinal), 8);
        await new LedgerRetention(table.Database).TrimAsync(Noon, Ct);
        (await table.ReadAsync("select fetches, bytes, round(ingest.duration_quantile(durations, 0.5)) from ingest.fetch_counts where status = 304"))
            .ShouldBe(["120 12000 2048"]);
        (await table.ReadAsync("select count(*), to_regclass('ingest.fetches_before') is null from ingest.fetches")).ShouldBe(["6 True"]);
    }

    [Fact]
    public async Task Days_past_their_retention_are_dropped_whole_and_counts_after_two_years()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await AddAsync(table, 0, 89);
        var retention = new LedgerRetention(table.Database);
        await retention.TrimAsync(Noon, Ct);

        (await retention.TrimAsync(Noon.AddDays(10), Ct)).ShouldBe(3);
        (await TablesAsync(table))[0].ShouldBe("fetches_20260615_told");
        (await table.ReadAsync("select count(*), sum(fetches) from ingest.fetch_counts")).ShouldBe(["4 140"]);
        await retention.TrimAsync(Noon.AddDays(700), Ct);
        (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["0"]);
        (await table.ReadAsync("select count(*), min(day)::text from ingest.fetch_counts")).ShouldBe(["2 2026-06-15"]);
    }

    [Fact]
    public async Task A_long_reader_holds_up_a_step_and_is_waited_for_no_longer_than_a_second()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await AddAsync(table, 8);
        await using (var reader = await table.Database.DataSource.OpenConnectionAsync(Ct))
        await using (await reader.BeginTransactionAsync(Ct))
        {
            await using var reading = new NpgsqlCommand("select count(*) from ingest.fetches", reader);
            await reading.ExecuteScalarAsync(Ct);
            (await Should.ThrowAsync<PostgresException>(() => table.ExecuteAsync("select ingest.settle_fetches('2026-06-07', '2026-06-15', 7)")))
                .SqlState.ShouldBe(PostgresErrorCodes.LockNotAvailable);
            (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["73"]);
        }

        await new LedgerRetention(table.Database).TrimAsync(Noon, Ct);
        (await table.ReadAsync("select count(*) from ingest.fetches")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task A_line_has_its_due_time_and_no_address_that_stands_with_its_source()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var worker = new TestWorker(database.ConnectionString, Source(origin, "Always"));
        origin.Serve("/feed", Reply.Feed(TestSite.Feed(origin.BaseUrl, 1)));
        await worker.RunAsync();

        (await worker.RowsAsync("select kind, url is null, url ~ '^http', due_at <= started_at from ingest.fetches where kind <> 'robots' order by kind"))
            .ShouldBe(["feed|True||True", "page|False|True|True"]);
    }

    private static Task AddAsync(SourceTable table, params int[] daysAgo) => AddAsync(table, Lines, daysAgo);

    private static async Task AddAsync(SourceTable table, string lines, params int[] daysAgo)
    {
        await using var command = table.Database.DataSource.CreateCommand(lines);
        command.Parameters.Add(new NpgsqlParameter { Value = daysAgo.Select(static days => DateOnly.FromDateTime(Noon.AddDays(-days).UtcDateTime)).ToArray() });
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static Task<IReadOnlyList<string>> TablesAsync(SourceTable table) =>
        table.ReadAsync("select relid::regclass::text from pg_partition_tree('ingest.fetches') where isleaf order by 1");
}
