using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Search;
using Npgsql;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What one new article costs, by the worker's statement and by COPY, in turn, and with its place in the search.</summary>
internal static class GrowthWrites
{
    private const int BatchRows = 1000;
    private const int Batches = 4;
    private const int WarmingBatches = 200;

    private readonly record struct Costs(Effort Insert, Effort Copy);

    /// <summary>In rounds on both databases, so that whatever else the machine does hits all alike.</summary>
    public static async Task RunAsync(Database grown, Database empty, GeneratedArticles articles, long stored, int rounds, Action<string> report)
    {
        await GrowthLoad.AddSourcesAsync(empty);
        var grownRounds = new List<Costs>();
        var emptyRounds = new List<Costs>();
        var next = await Sql.ValueAsync<long>(grown, "select coalesce(max(id), 0) from ingest.articles") + 1;
        next = await WarmAsync(grown, articles, next, stored);
        await Sql.RunAsync(empty, "truncate ingest.articles, ingest.article_changes, ingest.article_search cascade");
        for (var round = -1; round < rounds; round++)
        {
            var fresh = Make(articles, ref next, stored);
            var onEmpty = await RoundAsync(empty, fresh);
            var onGrown = await RoundAsync(grown, fresh);
            if (round < 0) continue;
            emptyRounds.Add(onEmpty);
            grownRounds.Add(onGrown);
        }

        var emptyIndex = await IndexAsync(empty, rounds + 1);
        var grownIndex = await IndexAsync(grown, rounds + 1);
        Tell("empty", emptyRounds, emptyIndex, report);
        Tell("grown", grownRounds, grownIndex, report);
        report(Sql.Say(
            $"writes: insert at {stored} stored articles / into an empty database, speed: ",
            $"{Ratio(emptyRounds, grownRounds, static costs => costs.Insert.Cpu):0.00} (CPU; ",
            $"clock {Ratio(emptyRounds, grownRounds, static costs => costs.Insert.Wall):0.00}); ",
            $"with indexing {Middle(emptyRounds.Zip(grownRounds, (a, b) => (a.Insert + emptyIndex).Cpu / (b.Insert + grownIndex).Cpu)):0.00}"));
    }

    // As in a database under load: what is written to a page for the first time after a checkpoint logs the whole of it, which is not what an article costs
    // there.
    private static async Task<long> WarmAsync(Database grown, GeneratedArticles articles, long next, long stored)
    {
        var store = new ArticleStore(grown, new DuplicateSearch(new DuplicatesOptions()));
        for (var batch = 0; batch < WarmingBatches; batch++)
            await store.ImportAsync(
                [.. Enumerable.Range(0, BatchRows).Select(_ => articles.Make(next++, stored).Stored)], GeneratedArticles.SeenAt, CancellationToken.None);
        await new SearchIndex(grown).CatchUpAsync(SearchScope.Headlines, CancellationToken.None);
        return next;
    }

    private static List<GeneratedArticle>[] Make(GeneratedArticles articles, ref long next, long stored)
    {
        var made = new List<GeneratedArticle>[2 * Batches];
        for (var batch = 0; batch < made.Length; batch++)
        {
            made[batch] = [];
            for (var i = 0; i < BatchRows; i++) made[batch].Add(articles.Make(next++, stored));
        }

        return made;
    }

    private static async Task<Costs> RoundAsync(Database database, List<GeneratedArticle>[] batches)
    {
        var meter = new CpuMeter(database);

        // What was made beforehand is not to be moved about by the collector in the midst of what is measured.
        GC.Collect();
        var insert = await meter.MeasureAsync(async () =>
        {
            foreach (var batch in batches[..Batches]) await InsertAsync(database, batch);
        });
        var copy = await meter.MeasureAsync(() => CopyAsync(database, batches[Batches..]));
        return new Costs(insert.Per(Batches * BatchRows), copy.Per(Batches * BatchRows));
    }

    private static Task<int> InsertAsync(Database database, List<GeneratedArticle> articles) => database.SaveAsync(
        async (connection, ct) =>
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    ArticleSql.Own.Insert(
                        [.. articles.Select(static article => new FromSource<StoredArticle>(article.Source, article.Stored))], GeneratedArticles.SeenAt),
                },
            };
            return await batch.ExecuteNonQueryAsync(ct);
        },
        CancellationToken.None);

    private static async Task CopyAsync(Database database, List<GeneratedArticle>[] batches)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        foreach (var batch in batches) await ArticleCopy.RunAsync(connection, "ingest.articles", batch, GeneratedArticles.SeenAt, CancellationToken.None);
    }

    // All that the rounds brought at once, as under load.
    private static async Task<Effort> IndexAsync(Database database, int rounds)
    {
        var indexing = await new CpuMeter(database).MeasureAsync(() => new SearchIndex(database).CatchUpAsync(SearchScope.Headlines, CancellationToken.None));
        return indexing.Per(rounds * 2 * Batches * BatchRows);
    }

    private static void Tell(string name, List<Costs> rounds, Effort index, Action<string> report)
    {
        report($"writes, {name}: insert an article  {Median(rounds, static costs => costs.Insert)}");
        report($"writes, {name}: the same by COPY   {Median(rounds, static costs => costs.Copy)}");
        report($"writes, {name}: index its headline {index}");
        report(Sql.Say(
            $"writes, {name}: speed of insert / COPY {Ratio(rounds, static costs => costs.Copy.Cpu / costs.Insert.Cpu):0.00} (clock ",
            $"{Ratio(rounds, static costs => costs.Copy.Wall / costs.Insert.Wall):0.00}); ",
            $"both with indexing {Ratio(rounds, costs => (costs.Copy + index).Cpu / (costs.Insert + index).Cpu):0.00}; ",
            $"insert with indexing / without search {Ratio(rounds, costs => costs.Insert.Cpu / (costs.Insert + index).Cpu):0.00}"));
    }

    private static Effort Median(List<Costs> rounds, Func<Costs, Effort> of) =>
        new(Middle(rounds.Select(round => of(round).Wall)), Middle(rounds.Select(round => of(round).Cpu)));

    // The median of each round's own ratio.
    private static double Ratio(List<Costs> rounds, Func<Costs, double> of) => Middle(rounds.Select(of));

    private static double Ratio(List<Costs> above, List<Costs> below, Func<Costs, double> of) => Middle(above.Zip(below, (a, b) => of(a) / of(b)));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
