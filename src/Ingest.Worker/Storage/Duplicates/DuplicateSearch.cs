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
            if (near.Count + hits[i].Count == 0) continue;
            var common = StoryChoice.Common(text.Text, await sites.OthersAsync(text.SourceId, text.Key, text.Key, ct));
            doubts.Add(DoubtOf(text, hits[i], near, common));
        }

        return new DuplicateFindings(
            await LinksAsync(connection, doubts, sites, ct), [.. texts.Select(static text => new IndexedSample(text.Key, text.Day, text.Sample))]);
    }

    /// <summary>The statements that keep what was found; the articles are written before.</summary>
    public IEnumerable<NpgsqlBatchCommand> Commands(DuplicateFindings found, DateTimeOffset now)
    {
        if (found.Samples.Count > 0) yield return StorySql.Index(found.Samples);
        foreach (var command in found.Links.Count > 0 && options.Mode == DuplicatesMode.Link ? StorySql.Join(found.Links, now) : []) yield return command;
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

    // Of each text the candidate that agrees best by its sketch is read first, and the others only where it is not the same story, or where they are in none:
    // what was there when they came may have been too unlike them.
    private async Task<List<StoryLink>> LinksAsync(NpgsqlConnection connection, List<Doubt> doubts, SiteTexts sites, CancellationToken ct)
    {
        var first = await DuplicateReader.CandidatesAsync(connection, [.. doubts.SelectMany(static doubt => doubt.Stored.Take(1)).Distinct()], [], ct);
        var matches = new StoryMatch?[doubts.Count];
        for (var i = 0; i < doubts.Count; i++) matches[i] = Best(await ChooseAsync(doubts[i], Of(doubts[i], first, 0, 1), sites, ct));
        var open = Enumerable.Range(0, doubts.Count).Where(i => matches[i] is null).SelectMany(i => doubts[i].Stored.Skip(1)).ToHashSet();
        var loners = doubts.SelectMany(static doubt => doubt.Stored.Skip(1)).Where(id => options.Mode == DuplicatesMode.Link && !open.Contains(id)).ToHashSet();
        var rest = await DuplicateReader.CandidatesAsync(connection, open, loners, ct);
        var links = new List<StoryLink>();
        for (var i = 0; i < doubts.Count; i++)
        {
            var others = await ChooseAsync(doubts[i], Of(doubts[i], rest, 1, DuplicateReader.MostCandidates), sites, ct);
            var match = matches[i] ?? Best(others) ?? Best(await ChooseAsync(doubts[i], doubts[i].Near, sites, ct));
            if (match is null) continue;
            var lead = Lead(links, match.Candidate.Key);
            links.Add(new StoryLink(doubts[i].Text.Key, lead, match.Similarity));
            if (options.Mode != DuplicatesMode.Link) continue;
            foreach (var other in others.Where(other => other.Candidate.IsAlone && other.Candidate.Key != lead))
            {
                if (!links.Exists(link => link.Article == other.Candidate.Key)) links.Add(new StoryLink(other.Candidate.Key, lead, other.Similarity));
            }
        }

        return links;
    }

    private static StoryMatch? Best(IReadOnlyList<StoryMatch> matches) => matches.Count > 0 ? matches[0] : null;

    private static IEnumerable<DuplicateCandidate> Of(Doubt doubt, Dictionary<long, DuplicateCandidate> found, int skipped, int most) =>
        doubt.Stored.Skip(skipped).Take(most).Select(found.GetValueOrDefault).OfType<DuplicateCandidate>().Where(other => other.Key != doubt.Text.Key);

    // What two texts have in common at their end, or beginning, is looked for in other texts of their sources. Where one source has none, nobody knows.
    private async Task<IReadOnlyList<StoryMatch>> ChooseAsync(Doubt doubt, IEnumerable<DuplicateCandidate> candidates, SiteTexts sites, CancellationToken ct)
    {
        var chosen = new List<StoryMatch>();
        foreach (var match in StoryChoice.Choose(rule, doubt.Text.Text, candidates, doubt.Common))
        {
            if (match.IsDoubtful && !await HoldsAsync(doubt.Text, match.Candidate, sites, ct)) continue;
            chosen.Add(match);
        }

        return chosen;
    }

    private async Task<bool> HoldsAsync(SearchedText text, DuplicateCandidate other, SiteTexts sites, CancellationToken ct)
    {
        var others = await sites.OthersAsync(text.SourceId, text.Key, other.Key, ct);
        var isOwn = text.SourceId is not null && text.SourceId == other.SourceId;
        if (isOwn && others.Count == 0) return false;
        if (!isOwn) others = [.. others, .. await sites.OthersAsync(other.SourceId, text.Key, other.Key, ct)];
        return StoryChoice.Holds(rule, text.Text, other.Text, others);
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
