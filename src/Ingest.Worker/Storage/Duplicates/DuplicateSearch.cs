using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Identity.Duplicates;
using Npgsql;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>What was found of some articles that are about to be written.</summary>
/// <param name="Links">Those that tell a story which is there already, or which an earlier one of them tells.</param>
/// <param name="Samples">What the index is to keep of them.</param>
internal sealed record DuplicateFindings(IReadOnlyList<StoryLink> Links, IReadOnlyList<IndexedSample> Samples)
{
    public static DuplicateFindings None { get; } = new([], []);
}

/// <summary>
/// Looks for articles of the same text: two statements for any number of articles, a third for their site's latest where there are candidates.
/// </summary>
internal sealed class DuplicateSearch(DuplicatesOptions options)
{
    private readonly DuplicateRule rule = new(options.Similarity);

    public DuplicatesOptions Options => options;

    /// <summary>Searches for each of the articles, and among them.</summary>
    /// <param name="connection">The connection of the transaction that will write them.</param>
    /// <param name="articles">The articles, as they will be written, each with its source.</param>
    /// <param name="day">The day of an article in the index.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<DuplicateFindings> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<FromSource<StoredArticle>> articles, Func<StoredArticle, DateOnly> day, CancellationToken ct)
    {
        if (options.Mode == DuplicatesMode.Off) return DuplicateFindings.None;
        var texts = articles.DistinctBy(static article => article.Row.Key).Where(static article => article.Row.Article.Body.Length > 0)
            .Select(article => new SearchedText(article.Row.Key, article.SourceId, day(article.Row), ShingledText.Of(article.Row.Article.Body)))
            .Where(static text => DuplicateRule.IsComparable(text.Text)).ToList();
        if (texts.Count == 0) return DuplicateFindings.None;
        var hits = await DuplicateReader.HitsAsync(connection, texts, options.WindowDays, ct);
        var stored = await DuplicateReader.CandidatesAsync(connection, [.. hits.SelectMany(static ids => ids).Distinct()], ct);
        var among = new BatchIndex();
        var links = new List<StoryLink>();
        var latest = new Dictionary<int, IReadOnlyList<(ArticleKey Key, ShingledText Text)>>();
        for (var i = 0; i < texts.Count; i++)
        {
            var text = texts[i];
            var candidates = hits[i].Select(stored.GetValueOrDefault).OfType<DuplicateCandidate>().Concat(among.Find(text))
                .Where(candidate => candidate.Key != text.Key)
                .ToList();
            if (candidates.Count > 0)
            {
                var background = (await LatestAsync(text.SourceId)).Where(other => other.Key != text.Key).Select(static other => other.Text).ToList();
                if (StoryChoice.Choose(rule, text.Text, candidates, background) is { } match)
                    links.Add(new StoryLink(text.Key, Lead(links, match.Article), match.Similarity));
            }

            among.Add(text);
        }

        async Task<IReadOnlyList<(ArticleKey Key, ShingledText Text)>> LatestAsync(int? source)
        {
            if (source is not { } id) return [];
            if (!latest.TryGetValue(id, out var texts)) latest[id] = texts = await DuplicateReader.LatestAsync(connection, id, ct);
            return texts;
        }

        return new DuplicateFindings(links, [.. texts.Select(static text => new IndexedSample(text.Key, text.Day, text.ToKeep))]);
    }

    /// <summary>The statements that keep what was found; the articles are written before.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(DuplicateFindings found, DateTimeOffset now)
    {
        if (found.Samples.Count > 0) yield return StorySql.Index(found.Samples);
        if (found.Links.Count > 0 && options.Mode == DuplicatesMode.Link) yield return StorySql.Join(found.Links, now);
    }

    // The story of an article of this batch is that of the article it was matched with.
    private static ArticleKey Lead(List<StoryLink> links, ArticleKey article) => links.Find(link => link.Article == article) is { } link ? link.Other : article;
}

/// <summary>A text that is searched for.</summary>
internal sealed class SearchedText(ArticleKey key, int? sourceId, DateOnly day, ShingledText text)
{
    public ArticleKey Key => key;

    public int? SourceId => sourceId;

    public DateOnly Day => day;

    public ShingledText Text => text;

    public int[] ToKeep { get; } = ShingleSample.ToKeep(text);

    public int[] ToAsk { get; } = ShingleSample.ToAsk(text);
}

/// <summary>The samples of a batch that is not written yet.</summary>
internal sealed class BatchIndex
{
    private readonly Dictionary<int, List<SearchedText>> byGroup = [];
    private readonly Dictionary<ArticleKey, DuplicateCandidate> candidates = [];

    public void Add(SearchedText text)
    {
        candidates[text.Key] = new DuplicateCandidate(text.Key, long.MaxValue, text.Text);
        foreach (var group in text.ToKeep)
        {
            if (!byGroup.TryGetValue(group, out var texts)) byGroup.Add(group, texts = []);
            if (texts.Count < DuplicateReader.MostOfGroup) texts.Add(text);
        }
    }

    public IEnumerable<DuplicateCandidate> Find(SearchedText text) => text.ToAsk
        .SelectMany(group => byGroup.TryGetValue(group, out var texts) ? texts : [])
        .GroupBy(static found => found.Key).Where(static found => found.Count() >= DuplicateReader.FewestShared)
        .OrderByDescending(static found => found.Count()).Take(DuplicateReader.MostCandidates).Select(found => candidates[found.Key]);
}
