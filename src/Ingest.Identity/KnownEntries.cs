namespace Ingest.Identity;

/// <summary>What the database knows about the entries of one document.</summary>
/// <param name="Sightings">The sightings of this source with one of the entries' keys, or of the articles that they link.</param>
/// <param name="Articles">The articles, or rejected and waiting pages, that exist under the entries' article keys.</param>
/// <param name="Aliases">Which of the entries' article keys are further URLs of an article, and of which.</param>
internal sealed record KnownEntries(
    IReadOnlyList<KnownSighting> Sightings, IReadOnlySet<ArticleKey> Articles, IReadOnlyDictionary<ArticleKey, ArticleKey> Aliases)
{
    private readonly ILookup<EntryKey, KnownSighting> byEntry = Sightings.ToLookup(static sighting => sighting.Entry);

    private readonly ILookup<ArticleKey, KnownSighting> byArticle = Sightings.ToLookup(static sighting => sighting.Article);

    public static KnownEntries None { get; } = new([], new HashSet<ArticleKey>(), new Dictionary<ArticleKey, ArticleKey>());

    /// <summary>The article that the entry's link leads to: its own, or the one of which the link is a further URL.</summary>
    public ArticleKey KeyOf(EntryIdentity entry) => Aliases.GetValueOrDefault(entry.Article, entry.Article);

    public IReadOnlyList<KnownSighting> SightingsOf(EntryIdentity entry) => [.. byEntry[entry.Key]];

    /// <summary>How this source has shown the article of the entry's link under other guids.</summary>
    public IReadOnlyList<KnownSighting> OthersOf(EntryIdentity entry) => [.. byArticle[KeyOf(entry)].Where(seen => seen.Entry != entry.Key)];

    /// <summary>Has this source shown the entry with this link?</summary>
    public bool Sees(EntryIdentity entry) => byEntry[entry.Key].Any(seen => seen.Article == KeyOf(entry));
}

/// <summary>An earlier sighting of an entry in the same source.</summary>
internal sealed record KnownSighting(EntryKey Entry, ArticleKey Article, Guid Fingerprint, string Title);

/// <summary>An article as it is stored, for comparing.</summary>
/// <param name="Key">Identity.</param>
/// <param name="Url">As published.</param>
/// <param name="Title">Title.</param>
/// <param name="PublishedAt">The stated moment; null when none.</param>
/// <param name="Day">The stated day; null when none.</param>
/// <param name="Text">Description and body, or the beginning of them.</param>
internal sealed record KnownArticle(ArticleKey Key, Uri Url, string Title, DateTimeOffset? PublishedAt, DateOnly? Day, string Text);
