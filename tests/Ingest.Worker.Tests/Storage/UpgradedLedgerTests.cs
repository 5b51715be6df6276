using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Sql;
using Npgsql;

namespace Ingest.Worker.Tests.Storage;

/// <summary>What becomes of the ledger of 0.2.0, of views that were made from it, and of who might read it.</summary>
public sealed class UpgradedLedgerTests(PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_ledger_moves_into_its_days_after_the_upgrade()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await AddAsync(database, 20_000);

        (await database.MigrateAsync()).ShouldBeOfType<MigrationResult.Current>();

        // Nobody waits for what is many.
        (await database.RowsAsync("select count(*) from ingest.fetches union all select count(*) from ingest.fetches_before")).ShouldBe(["0", "20000"]);
        await new LedgerRetention(database.Door).TrimAsync(TimeProvider.System.GetUtcNow(), Ct);
        (await database.RowsAsync("select to_regclass('ingest.fetches_before') is null, sum(fetches), sum(bytes) from ingest.fetches_per_day"))
            .ShouldBe(["True|20000|200000"]);
        (await database.RowsAsync("select count(*), count(*) filter (where outcome = 'failed'), count(url) = count(*) from ingest.fetches"))
            .ShouldBe(["7132|202|True"]);
        (await database.RowsAsync("select sum(fetches) from ingest.fetch_counts")).ShouldBe(["12868"]);
    }

    [Fact]
    public async Task A_small_ledger_is_there_at_once_and_views_and_rights_of_others_go_on()
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await AddAsync(database, 100);
        await database.ExecuteAsync("""
            create view public.failures with (security_barrier = true) as select f.url, f.cause from ingest.fetches f where f.outcome = 'failed';
            grant select on public.failures to ingest_reader; grant select on ingest.fetches to public
            """);

        await database.MigrateAsync();

        (await database.RowsAsync("select count(*), to_regclass('ingest.fetches_before') is null from ingest.fetches")).ShouldBe(["100|True"]);
        (await database.RowsAsync("select count(*) from public.failures")).ShouldBe(["1"]);
        (await database.RowsAsync("select reloptions::text, relacl::text ~ 'ingest_reader=r' from pg_class where oid = 'public.failures'::regclass"))
            .ShouldBe(["{security_barrier=true}|True"]);
        (await database.RowsAsync("select has_table_privilege('public', 'ingest.fetches', 'select')")).ShouldBe(["True"]);
    }

    [Theory]
    [InlineData("materialized view public.causes", "as select cause, count(*) from ingest.fetches group by cause")]
    [InlineData("function public.visits()", "returns bigint language sql return (select count(*) from ingest.fetches)")]
    public async Task What_cannot_follow_the_ledger_stops_the_upgrade_in_words(string made, string from)
    {
        await using var database = await ArticleDatabase.CreateOf020Async(postgres);
        await database.ExecuteAsync($"create {made} {from}");

        (await Should.ThrowAsync<PostgresException>(() => database.MigrateAsync())).MessageText
            .ShouldBe($"the {made} is made from ingest.fetches, which becomes another table: drop it, upgrade, and make it again");
        (await database.RowsAsync("select count(*) from ingest.fetches")).ShouldBe(["0"]);
    }

    // Spread over the last twenty days and a half; one in 99 failed.
    private static Task AddAsync(ArticleDatabase database, int lines) => database.ExecuteAsync($"""
        insert into ingest.sources (id, name, url, configured_url, slot, depth, state, full_text, tags, next_poll_at, next_poll_reason, failure_weight, created_at, updated_at)
        values (7, 'paper', 'https://example.org/feed', 'https://example.org/feed', 3, 0, 'active', 'auto', array[]::text[], now(), 'new', 0, now(), now());
        insert into ingest.fetches (id, source_id, url, kind, started_at, duration_ms, status, outcome, bytes, attempts, conditional, entries_new, entries_changed,
          entries_known, entries_rejected, node, cause, failure)
        select (lpad(to_hex((extract(epoch from t.at) * 1000)::bigint), 12, '0') || '7000' || lpad(to_hex(n), 16, '8'))::uuid, 7,
          'https://example.org/feed?and=what-makes-it-as-long-as-addresses-of-feeds-are-' || repeat('x', 250), 'feed', t.at, 50,
          case when n % 99 = 0 then 0 else 304 end, case when n % 99 = 0 then 'failed' else 'not_modified' end, 10, 1, true, 0, 0, 0, 0, 'n',
          case when n % 99 = 0 then 'Timeout' end, case when n % 99 = 0 then 'no answer' end
        from generate_series(1, {lines}) n,
          lateral (select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - (n % 20) * interval '1 day' + n * interval '1 ms') t(at)
        """);
}
