using System.Diagnostics;
using Ingest.Worker.Storage.Ledger;
using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>
/// A year of the ledger at 20 visits a second to 6,000 sources, of which a hundredth is simulated, with the housekeeping of each day: rows and megabytes,
/// beside the ledger in one table that keeps each visit for 90 days.
/// </summary>
internal static class GrowthLedger
{
    private const int VisitsPerSecond = 20;
    private const int Share = 100;
    private const int Days = 365;
    private const int KeptDays = 90;

    // Each is visited every five minutes.
    private const int Sources = 300 * VisitsPerSecond / Share;

    public static async Task RunAsync(Database database, Action<string> report)
    {
        await GrowthLoad.AddSourcesAsync(database);
        await BeforeAsync(database, report);
        var (retention, watch, longest) = (new LedgerRetention(database), new Stopwatch(), TimeSpan.Zero);
        var first = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var day = 0; day < Days; day++)
        {
            var now = first.AddDays(day);
            watch.Restart();
            await retention.TrimAsync(now, CancellationToken.None);
            if (watch.Elapsed > longest) longest = watch.Elapsed;
            await Sql.RunAsync(database, Text("fetches", ", due_at", "null", ", t.at - n % 9 * interval '1 second'", now));
        }

        report(Sql.Say(
            $"ledger: a year at {VisitsPerSecond} visits/s, of which a {Share}th was simulated; the longest housekeeping took {longest.TotalSeconds:0.0} s"));
        await TellAsync(database, "whole days", "fetches_[0-9]{8}$", report);
        await TellAsync(database, "days without what told of nothing", "fetches_[0-9]{8}_told$", report);
        await TellAsync(database, "counts of what told of nothing", "fetch_counts$", report);
        await TellAsync(database, "in all", "fetch(es_[0-9o]|_counts$)", report);
    }

    private static async Task BeforeAsync(Database database, Action<string> report)
    {
        const int Sample = 9;
        await Sql.RunAsync(database, """
            create table ingest.one_ledger (like ingest.fetches);
            alter table ingest.one_ledger drop column due_at, add primary key (id);
            create index on ingest.one_ledger (source_id desc, id desc);
            create index on ingest.one_ledger using brin (started_at)
            """);
        var url = Sql.Say($"'https://www.paper-' || n % {Sources} || '.example/section/feed.xml'");
        for (var day = 1; day <= Sample; day++)
            await Sql.RunAsync(database, Text("one_ledger", "", url, "", new DateTimeOffset(2024, 1, day, 0, 0, 0, TimeSpan.Zero)));
        await TellAsync(database, Sql.Say($"before, one table with {KeptDays} days"), "one_ledger$", report, KeptDays / Sample);
        await Sql.RunAsync(database, "drop table ingest.one_ledger");
    }

    // The visits of a day: 94 % are 304, 4 % bodies without news, 1.5 % bring news and 0.5 % fail.
    private static string Text(string table, string dueColumn, string url, string due, DateTimeOffset day)
    {
        const int Visits = 86_400 * VisitsPerSecond / Share;
        return FormattableString.Invariant($"""
            insert into ingest.{table} (id, source_id, url, kind, started_at, duration_ms, status, outcome, cause, failure, bytes, attempts, conditional,
              entries_new, entries_changed, entries_known, entries_rejected, node{dueColumn})
            select overlay(gen_random_uuid()::text placing left(ingest.fetch_id(t.at)::text, 14) || '7' from 1 for 15)::uuid, n % {Sources} + 1, {url}, 'feed', t.at,
              40 + (n * 7919 % 400)::integer, case when n % 200 = 0 then 503 when n % 50 < 47 then 304 else 200 end,
              case when n % 200 = 0 then 'failed' when n % 50 < 47 then 'not_modified' else 'fetched' end, case when n % 200 = 0 then 'HttpStatus' end,
              case when n % 200 = 0 then 'HTTP 503 Service Unavailable' end, case when n % 50 < 47 then 0 else 40000 end, 1, true,
              case when n % 200 = 49 then 2 when n % 100 = 48 then 1 else 0 end, 0, case when n % 50 < 47 then 0 else 25 end, 0, 'worker-1:4711'{due}
            from generate_series(1, {Visits}) n, lateral (select timestamptz '{day.UtcDateTime:u}' + n * interval '86400 seconds' / {Visits}) t(at)
            """);
    }

    private static async Task TellAsync(Database database, string name, string pattern, Action<string> report, int times = 1)
    {
        await Sql.RunAsync(database, "vacuum analyze");
        var which = $"from pg_class where relnamespace = 'ingest'::regnamespace and relkind = 'r' and relname ~ '^{pattern}'";
        var rows = await Sql.ValueAsync<double>(database, $"select coalesce(sum(reltuples), 0)::float8 {which}") * Share * times;
        var bytes = await Sql.ValueAsync<double>(database, $"select coalesce(sum(pg_total_relation_size(oid)), 0)::float8 {which}") * Share * times;
        report(Sql.Say($"ledger: {rows / 1e6,7:0.0} M rows, {bytes / 1e6,8:0} MB  {name}"));
    }
}
