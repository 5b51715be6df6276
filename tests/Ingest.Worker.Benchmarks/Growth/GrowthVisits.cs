using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What a visit writes that found 25 known entries and nothing else: one after the other, and many at once.</summary>
internal static class GrowthVisits
{
    private const int Visits = 40;

    public static async Task RunAsync(Database database, GeneratedArticles articles, long stored, Action<string> report)
    {
        var store = new ArticleStore(database, new DuplicateSearch(new DuplicatesOptions()));
        var sources = await new SourceStore(database).LoadActiveAsync([], CancellationToken.None);
        var work = sources.Take(2 * Visits).Select((source, i) => (Source: source, Entries: Entries(articles, stored, i))).ToList();
        await TellAsync("one after the other", async () =>
        {
            foreach (var (source, entries) in work[..Visits]) await VisitAsync(store, source, entries);
        });
        await TellAsync("at once", () => Task.WhenAll(work[Visits..].Select(visit => VisitAsync(store, visit.Source, visit.Entries))));

        async Task TellAsync(string name, Func<Task> visits)
        {
            await Sql.RunAsync(database, "select pg_stat_statements_reset(), pg_stat_force_next_flush()");
            var before = await WrittenAsync(database);
            await visits();
            await Task.Delay(1500);
            var written = await WrittenAsync(database) - before;
            var statements = await Sql.ValueAsync<long>(database, """
                select coalesce(sum(calls), 0)::bigint from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
                  and query ~* '^\s*(with|select|insert|update|delete)' and query ~ 'ingest\.' and query !~ 'pg_stat'
                """);
            report(Sql.Say(
                $"unchanged visits, {Visits} {name}: {statements / (double)Visits:0.00} statements a visit, {written} rows written in the tables of articles"));
        }
    }

    private static async Task VisitAsync(ArticleStore store, Source source, IReadOnlyList<EntryIdentity> entries)
    {
        var now = DateTimeOffset.UtcNow;
        await store.LoadKnownAsync(source.Id, entries, CancellationToken.None);
        await store.SaveVisitAsync(
            new VisitWrites
            {
                Source = source,
                ServerTrust = ServerTrust.Of(source),
                Now = now,
                Plan = new PollPlan(now.AddHours(1), "adaptive interval", PollHistory.None),
                Fetch = new FetchEntry
                {
                    Id = Guid.CreateVersion7(), Url = source.Url, Kind = LedgerKind.Feed, StartedAt = now, Duration = TimeSpan.Zero, Status = 200,
                    Outcome = FetchOutcome.Fetched,
                    Node = "measure", Entries = new EntryCounts(0, 0, 25, 0),
                },
            },
            CancellationToken.None);
    }

    private static List<EntryIdentity> Entries(GeneratedArticles articles, long stored, int visit) => [.. Enumerable.Range(0, 25).Select(i =>
    {
        var key = articles.Make(((visit * 25) + i) * 31 % stored, stored).Stored.Key;
        return new EntryIdentity(new EntryKey(key.Value), key, key.Value, new FeedEntry { Title = "" }, new Uri("https://www.new.example/"));
    })];

    private static Task<long> WrittenAsync(Database database) => Sql.ValueAsync<long>(database,
        "select sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint from pg_stat_user_tables where schemaname = 'ingest' and (relname ~ '^article' "
            + "or relname in ('page_queue', 'stories'))");
}
