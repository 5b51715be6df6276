using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What one new article costs, by the worker's statement and by COPY, in turn, and with its place in the search.</summary>
internal static class GrowthWrites
{
    private const int BatchRows = 1000;
    private const int Batches = 4;

    private readonly record struct Costs(Effort Insert, Effort Copy, Effort Index);

    /// <summary>In rounds on both databases, so that whatever else the machine does hits all alike.</summary>
    public static async Task RunAsync(Database grown, Database empty, GeneratedArticles articles, long stored, int rounds, Action<string> report)
    {
        await GrowthLoad.AddSourcesAsync(empty);
        var grownRounds = new List<Costs>();
        var emptyRounds = new List<Costs>();
        var next = await Sql.ValueAsync<long>(grown, "select coalesce(max(id), 0) from ingest.articles") + 1;
        for (var round = -1; round < rounds; round++)
        {
            await Sql.RunAsync(empty, "truncate ingest.articles, ingest.article_changes, ingest.article_search cascade");
            var fresh = Make(articles, ref next, stored);
            var onEmpty = await RoundAsync(empty, fresh);
            var onGrown = await RoundAsync(grown, fresh);
            if (round < 0) continue;
            emptyRounds.Add(onEmpty);
            grownRounds.Add(onGrown);
        }

        Tell("empty", emptyRounds, report);
        Tell("grown", grownRounds, report);
        report(Sql.Say($"writes: insert at {stored} stored articles / into an empty database, speed: {Ratio(emptyRounds, grownRounds, static costs => costs.Insert):0.00} (CPU); with indexing {Ratio(emptyRounds, grownRounds, static costs => costs.Insert + costs.Index):0.00}"));
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
        var store = new ArticleStore(database, new DuplicateSearch(new DuplicatesOptions()));
        var index = new SearchIndex(database);
        var records = batches[..Batches].Select(static batch => (IReadOnlyList<StoredArticle>)[.. batch.Select(static article => article.Stored)]).ToList();
        await index.CatchUpAsync(SearchScope.Headlines, CancellationToken.None);
        var insert = await meter.MeasureAsync(async () =>
        {
            foreach (var batch in records) await store.ImportAsync(batch, DateTimeOffset.UtcNow, CancellationToken.None);
        });
        var indexing = await meter.MeasureAsync(() => index.CatchUpAsync(SearchScope.Headlines, CancellationToken.None));
        var copy = await meter.MeasureAsync(() => CopyAsync(database, batches[Batches..]));
        return new Costs(insert.Per(Batches * BatchRows), copy.Per(Batches * BatchRows), indexing.Per(Batches * BatchRows));
    }

    private static async Task CopyAsync(Database database, List<GeneratedArticle>[] batches)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        foreach (var batch in batches) await ArticleCopy.RunAsync(connection, "ingest.articles", batch, DateTimeOffset.UtcNow, CancellationToken.None);
    }

    private static void Tell(string name, List<Costs> rounds, Action<string> report)
    {
        report($"writes, {name}: insert an article  {Median(rounds, static costs => costs.Insert)}");
        report($"writes, {name}: the same by COPY   {Median(rounds, static costs => costs.Copy)}");
        report($"writes, {name}: index its headline {Median(rounds, static costs => costs.Index)}");
        report(Sql.Say($"writes, {name}: speed of insert / COPY {Ratio(rounds, static costs => costs.Copy, static costs => costs.Insert):0.00} (clock {Ratio(rounds, static costs => costs.Copy, static costs => costs.Insert, clock: true):0.00}); both with indexing {Ratio(rounds, static costs => costs.Copy + costs.Index, static costs => costs.Insert + costs.Index):0.00}; insert with indexing / without search {Ratio(rounds, static costs => costs.Insert, static costs => costs.Insert + costs.Index):0.00}"));
    }

    private static Effort Median(List<Costs> rounds, Func<Costs, Effort> of) =>
        new(Middle(rounds.Select(round => of(round).Wall)), Middle(rounds.Select(round => of(round).Cpu)));

    // The median of each round's own ratio.
    private static double Ratio(List<Costs> rounds, Func<Costs, Effort> above, Func<Costs, Effort> below, bool clock = false) =>
        Middle(rounds.Select(round => clock ? above(round).Wall / below(round).Wall : above(round).Cpu / below(round).Cpu));

    private static double Ratio(List<Costs> above, List<Costs> below, Func<Costs, Effort> of) => Middle(above.Zip(below, (a, b) => of(a).Cpu / of(b).Cpu));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
