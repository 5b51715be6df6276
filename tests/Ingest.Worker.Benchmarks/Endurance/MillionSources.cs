using System.Globalization;
using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sources;
using Ingest.Worker.Storage.Words;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Endurance;

/// <summary>
/// <c>million-sources [SOURCES [VISITS_A_SECOND]]</c>: what PostgreSQL spends on picking due sources and storing the outcomes of visits, paced over a
/// minute: 64 partitions look every 5 s, 19 of 20 visits end in 304, every twentieth brings a new article.
/// </summary>
internal static class MillionSources
{
    private const int Partitions = 64;
    private static readonly TimeSpan TurnEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var rate = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 300;
        var interval = TimeSpan.FromSeconds((double)count / rate);
        await using var server = await ScratchPostgres.StartAsync();
        await using var database = server.Open();
        var epoch = DateTimeOffset.UtcNow;
        await FillAsync(database, count, interval, epoch);
        Say($"{count} sources, each due every {interval.TotalSeconds:0} s: {rate} visits/s; {Partitions} partitions look every {TurnEvery.TotalSeconds:0} s");
        var run = new Run(database, interval, epoch);
        await run.TakeAsync(TimeSpan.FromSeconds(10));
        var cpu = new ServerCpu(server.Folder);
        var (visits, picks, before, since) = (run.Visits, run.Picks, cpu.Read(), TimeProvider.System.GetTimestamp());
        await run.TakeAsync(Length);
        var (spent, took) = (cpu.Read() - before, TimeProvider.System.GetElapsedTime(since));
        var share = spent / took;
        Say(
            $"{run.Visits - visits} visits stored and {run.Picks - picks} picks in {took.TotalSeconds:0.0} s: ",
            $"{(run.Visits - visits) / took.TotalSeconds:0} visits/s");
        Say(
            $"PostgreSQL: {spent.TotalSeconds:0.00} CPU s, {share * 100:0.0} % of one core, ",
            $"{spent.TotalMicroseconds / Math.Max(1, run.Visits - visits):0} us a visit");
        await ExplainAsync(database, run);
        return share <= 0.10 ? 0 : 1;
    }

    internal static async Task FillAsync(Database database, int count, TimeSpan interval, DateTimeOffset epoch)
    {
        await using var fill = database.DataSource.CreateCommand("""
            insert into ingest.sources (name, url, configured_url, depth, state, slot, full_text, tags, title, site_url, language, etag, last_modified,
              validators_url,
                                        body_hash, next_poll_at, next_poll_reason, adaptive_interval, failure_weight, last_polled_at, last_success_at,
                                          last_status, created_at, updated_at)
            select 'source-' || n, u, u, 0, 'active', abs(hashtext(h)) % 1024, 'auto', array['news', 'en'], 'The feed number ' || n, 'https://' || h || '/',
              'en',
                   '"' || md5(n::text) || '"', 'Tue, 24 Nov 2026 10:00:00 GMT', u, md5(n::text)::uuid, $3 + random() * $2,
                     'the feed has news about every hour', $2, 0, $3 - random() * $2,
                   $3, 304, $3, $3
            from generate_series(1, $1) n, lateral (select 'www.publisher-' || n / 10 || '.example') a(h),
              lateral (select 'https://' || h || '/sections/' || n % 10 || '/feed.xml') b(u)
            """);
        fill.CommandTimeout = 0;
        fill.Parameters.Add(new() { Value = count });
        fill.Parameters.Add(new() { Value = interval });
        fill.Parameters.Add(new() { Value = epoch });
        await fill.ExecuteNonQueryAsync();
        foreach (var statement in (string[])["vacuum analyze ingest.sources", "checkpoint"])
        {
            await using var command = database.DataSource.CreateCommand(statement);
            command.CommandTimeout = 0;
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task ExplainAsync(Database database, Run run)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var due = new DueQuery(HostSlot.OfPartition(0, Partitions), run.Now + TimeSpan.FromSeconds(30), 200);
        await ExplainAsync(connection, "picking due sources", SourceStore.DueText, due.Parameters());
        var visits = (await new SourceStore(database).LoadDueAsync(due, CancellationToken.None)).Take(30).Select(run.VisitOf).ToList();
        var update = SourceSql.Update(visits, []);
        await ExplainAsync(
            connection, $"storing {visits.Count} visits", update.CommandText, [.. update.Parameters.Select(static parameter => parameter.Clone())]);
        await transaction.RollbackAsync();
    }

    private static async Task ExplainAsync(NpgsqlConnection connection, string what, string sql, NpgsqlParameter[] parameters)
    {
        Say($"-- {what}");
        await using var command = new NpgsqlCommand($"explain (analyze, buffers, costs off) {sql}", connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) Console.WriteLine(reader.GetString(0));
    }

    private static void Say(params FormattableString[] parts) => Console.WriteLine(string.Concat(Array.ConvertAll(parts, FormattableString.Invariant)));

    /// <summary>Turns of all partitions whose visits end at once, spread over the time between two turns.</summary>
    private sealed class Run(Database database, TimeSpan interval, DateTimeOffset epoch)
    {
        private readonly long began = TimeProvider.System.GetTimestamp();
        private readonly SourceStore sources = new(database);
        private readonly ArticleStore articles = new(database, new DuplicateSearch(new DuplicatesOptions()));
        private long visits;
        private long picks;

        /// <summary>Time begins where the table was filled, however long that took.</summary>
        public DateTimeOffset Now => epoch + TimeProvider.System.GetElapsedTime(began);

        public long Visits => Interlocked.Read(ref visits);

        public long Picks => Interlocked.Read(ref picks);

        public Task TakeAsync(TimeSpan length) => Task.WhenAll(Enumerable.Range(0, Partitions).Select(partition => PartitionAsync(partition, length)));

        public VisitWrites VisitOf(Source source)
        {
            var now = Now;
            var isNews = source.Id % 20 == 0;
            return new VisitWrites
            {
                Source = source,
                ServerTrust = ServerTrust.Of(source),
                Now = now,
                Plan = PollPlan.After(
                    source with { Rhythm = new PollRhythm(null, TimeZoneInfo.Utc, interval) }, new PollOutcome.NotModified(), PollBounds.Default, now),
                Fetch = new FetchEntry
                {
                    Id = Guid.CreateVersion7(now), Url = source.Url, Kind = LedgerKind.Feed, StartedAt = now, Duration = TimeSpan.FromMilliseconds(80),
                    Status = isNews ? 200 : 304, Outcome = isNews ? FetchOutcome.Fetched : FetchOutcome.NotModified,
                    Attempts = 1, Conditional = true, Node = "node:1",
                },
                Changes = isNews ? new EntryChanges { New = [Article(source, now)] } : EntryChanges.None,
            };
        }

        private static StoredArticle Article(Source source, DateTimeOffset now)
        {
            var url = new Uri(FormattableString.Invariant($"{source.Url}/{now.Ticks}"));
            var words = new Random(source.Id ^ (int)now.Ticks);
            var body = string.Join("\n\n", Enumerable.Range(0, 12).Select(_ => string.Join(' ', Enumerable.Range(0, 25).Select(_ => Word(words))) + "."));
            return new StoredArticle(
                ArticleKey.Of(url),
                new DatedArticle
                {
                    Url = url, PublishedOn = null, DateSource = "none", Title = "A title", TitleSource = "feed", Headline = "A title", Description = "",
                    Body = body, BodySource = "feed-content", Authors = [], Categories = [], Enclosures = [],
                },
                PageState.None);
        }

        // Of some 50,000, short ones more often: no two articles tell the same.
        private static string Word(Random random) =>
            string.Concat(Enumerable.Range(0, 1 + random.Next(4)).Select(_ => "bcdfglmnprstvw"[random.Next(14)].ToString() + "aeiou"[random.Next(5)]));

        private async Task PartitionAsync(int partition, TimeSpan length)
        {
            var since = TimeProvider.System.GetTimestamp();
            var saves = new List<Task>();
            await Task.Delay(TurnEvery * partition / Partitions);
            while (TimeProvider.System.GetElapsedTime(since) < length)
            {
                var due = await sources.LoadDueAsync(new DueQuery(HostSlot.OfPartition(partition, Partitions), Now, 200), CancellationToken.None);
                Interlocked.Increment(ref picks);
                saves.AddRange(due.Select((source, n) => SaveAsync(source, TurnEvery * n / (due.Count + 1))));
                await Task.Delay(TurnEvery);
            }

            await Task.WhenAll(saves);
        }

        private async Task SaveAsync(Source source, TimeSpan after)
        {
            await Task.Delay(after);
            await articles.SaveVisitAsync(VisitOf(source), CancellationToken.None);
            Interlocked.Increment(ref visits);
        }
    }
}
