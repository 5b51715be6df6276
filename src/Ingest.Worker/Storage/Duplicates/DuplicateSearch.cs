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
/// Looks for articles of the same text: one statement for any number of articles, others for the texts that their sketches leave in doubt and, where a site
/// brings few at a time, for its latest.
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
        var (among, sites, doubts) = (new BatchIndex(), new SiteTexts(connection, texts), new List<Doubt>());
        for (var i = 0; i < texts.Count; i++)
        {
            var (text, near) = (texts[i], among.Find(texts[i]).ToList());
            among.Add(text);
            if (near.Count + hits[i].Count > 0) doubts.Add(DoubtOf(text, hits[i], near, StoryChoice.Common(text.Text, await sites.OthersAsync(text, ct))));
        }

        return new DuplicateFindings(
            await LinksAsync(connection, doubts, ct), [.. texts.Select(static text => new IndexedSample(text.Key, text.Day, text.Sample))]);
    }

    /// <summary>The statements that keep what was found; the articles are written before.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(DuplicateFindings found, DateTimeOffset now)
    {
        foreach (var command in found.Samples.Count > 0 ? StorySql.Index(found.Samples) : []) yield return command;
        if (found.Links.Count > 0 && options.Mode == DuplicatesMode.Link) yield return StorySql.Join(found.Links, now);
    }

    private Doubt DoubtOf(SearchedText text, IReadOnlyList<DuplicateHit> hits, IReadOnlyList<SearchedText> near, IReadOnlySet<ulong> common)
    {
        double? Agreement(TextSketch sketch) => sketch.Agreement(text.Groups, text.Text.Groups.Count - common.Count, rule.Similarity);
        return new Doubt(
            text,
            [.. hits.Select(hit => (hit.Id, Agreement: hit.Sketch is null ? 1 : Agreement(hit.Sketch))).Where(static hit => hit.Agreement is not null)
                .OrderByDescending(static hit => Math.Round(hit.Agreement!.Value, 2)).ThenBy(static hit => hit.Id).Select(static hit => hit.Id)],
            [.. near.Where(other => Agreement(other.Sample.Sketch) is not null).Select(static other => other.AsCandidate)],
            common);
    }

    // Of each text the candidate that agrees best by its sketch is read first, and the others only where it is not the same story.
    private async Task<List<StoryLink>> LinksAsync(NpgsqlConnection connection, List<Doubt> doubts, CancellationToken ct)
    {
        var matches = new StoryMatch?[doubts.Count];
        await MatchAsync(static doubt => doubt.Stored.Take(1));
        await MatchAsync(static doubt => doubt.Stored.Skip(1));
        var links = new List<StoryLink>();
        for (var i = 0; i < doubts.Count; i++)
        {
            var match = matches[i] ?? StoryChoice.Choose(rule, doubts[i].Text.Text, doubts[i].Near, doubts[i].Common);
            if (match is not null) links.Add(new StoryLink(doubts[i].Text.Key, Lead(links, match.Article), match.Similarity));
        }

        return links;

        async Task MatchAsync(Func<Doubt, IEnumerable<long>> some)
        {
            var asked = Enumerable.Range(0, doubts.Count).Where(i => matches[i] is null).Select(i => (At: i, Ids: some(doubts[i]).ToList())).ToList();
            var found = await DuplicateReader.CandidatesAsync(connection, [.. asked.SelectMany(static text => text.Ids).Distinct()], ct);
            foreach (var (at, ids) in asked)
            {
                var candidates = ids.Select(found.GetValueOrDefault).OfType<DuplicateCandidate>().Where(candidate => candidate.Key != doubts[at].Text.Key);
                matches[at] = StoryChoice.Choose(rule, doubts[at].Text.Text, candidates, doubts[at].Common);
            }
        }
    }

    // The story of an article of this batch is that of the article it was matched with.
    private static ArticleKey Lead(List<StoryLink> links, ArticleKey article) => links.Find(link => link.Article == article) is { } link ? link.Other : article;

    /// <summary>A text that others may be the same as.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Stored">Numbers of stored articles, the likeliest first.</param>
    /// <param name="Near">Those of the same batch.</param>
    /// <param name="Common">Groups that its site writes under everything.</param>
    private sealed record Doubt(SearchedText Text, IReadOnlyList<long> Stored, IReadOnlyList<DuplicateCandidate> Near, IReadOnlySet<ulong> Common);
}
