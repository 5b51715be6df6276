namespace Ingest.Identity;

/// <summary>What an entry is to the database.</summary>
internal enum EntryKind
{
    /// <summary>Nobody has shown this article before.</summary>
    New,

    /// <summary>This source has shown it before, and the entry has changed since.</summary>
    Changed,

    /// <summary>This source has shown it before, and nothing changed.</summary>
    Known,

    /// <summary>The article is already stored, through another source or another guid: only a sighting is added.</summary>
    AlreadyStored,

    /// <summary>The same document holds this article twice; the first entry counts.</summary>
    Repeated,
}

/// <summary>The decision about one entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Article">The article that it belongs to: for a changed entry the one first sighted, even when its link moved.</param>
/// <param name="Reason">In words.</param>
internal sealed record EntryClassification(EntryKind Kind, ArticleKey Article, string Reason)
{
    /// <summary>Why the entry's link is a further URL of the article (it moved, or was republished); null when it is the article's own.</summary>
    public NameReason? Alias { get; init; }

    /// <summary>The key under which the source showed it before, where the entry has another guid now; null when it has none other.</summary>
    public EntryKey? Shown { get; init; }

    /// <summary>What the entry is recognised by next time; null for its own.</summary>
    public Guid? Fingerprint { get; init; }

    /// <summary>It shares its link with other articles.</summary>
    public bool IsPart { get; init; }

    /// <summary>An earlier article with the entry's guid, though everything else says that it is another one; null for none.</summary>
    public ArticleKey? Linked { get; init; }
}

/// <summary>Decides for each entry whether it is new, changed or known.</summary>
internal static class EntryClassifier
{
    // A document of fewer entries may be wholly new by chance.
    private const int FewestForgotten = 3;

    /// <summary>Articles of which more must be known before one can decide: their guids stand on entries with other links now.</summary>
    public static IReadOnlyList<ArticleKey> Doubts(IReadOnlyList<EntryIdentity> entries, KnownEntries known) =>
    [
        .. entries.Where(entry => !known.Sees(entry)).SelectMany(entry => known.SightingsOf(entry).Concat(known.OthersOf(entry)))
            .Select(static sighting => sighting.Article).Distinct(),
    ];

    /// <summary>Whether nothing in the document is known, as after a move of the site, when every guid and link is a different one.</summary>
    public static bool IsForgotten(IReadOnlyList<EntryIdentity> entries, KnownEntries known) =>
        entries.Count >= FewestForgotten && known.Sightings.Count == 0 && !entries.Any(entry => known.Articles.Contains(known.KeyOf(entry)));

    /// <summary>One classification per entry, in order.</summary>
    /// <param name="entries">The entries of one document.</param>
    /// <param name="known">What the database knows of them.</param>
    /// <param name="evidence">The articles of <see cref="Doubts"/>, and where <see cref="IsForgotten"/> the source's latest.</param>
    public static IReadOnlyList<EntryClassification> Choose(IReadOnlyList<EntryIdentity> entries, KnownEntries known, IReadOnlyList<KnownArticle> evidence)
    {
        var articles = evidence.ToDictionary(static article => article.Key);
        var published = SameArticle.ByTitle(IsForgotten(entries, known) ? evidence : []);
        var taken = new HashSet<ArticleKey>();
        return [.. entries.Select(entry =>
        {
            var classification = Choose(entry, known, articles, published);
            if (entry.IsPart) classification = classification with { IsPart = true };
            return taken.Add(classification.Article)
                ? classification
                : classification with { Kind = EntryKind.Repeated, Reason = "an earlier entry of the document is the same article" };
        })];
    }

    private static EntryClassification Choose(
        EntryIdentity entry, KnownEntries known, Dictionary<ArticleKey, KnownArticle> articles, ILookup<string, KnownArticle> published)
    {
        var key = known.KeyOf(entry);
        var sightings = known.SightingsOf(entry);
        if (sightings.FirstOrDefault(seen => seen.Article == key) is { } same) return Seen(entry, same, key);
        if (sightings.FirstOrDefault(seen => articles.GetValueOrDefault(seen.Article) is { } part && HasLink(entry, part)) is { } shown)
            return Seen(entry, shown, shown.Article) with { IsPart = true };
        if (known.Articles.Contains(key) && known.OthersOf(entry) is { Count: > 0 } others && sightings.Count == 0)
            return OfSharedLink(entry, key, others, articles.GetValueOrDefault(key));
        if (known.Articles.Contains(key))
            return new EntryClassification(EntryKind.AlreadyStored, key, "the article is already known through another source or guid")
            {
                Linked = sightings.Count > 0 ? sightings[0].Article : null,
            };

        foreach (var seen in sightings)
        {
            var stored = articles.GetValueOrDefault(seen.Article);
            if (SameArticle.Moved(entry, seen, stored) is not { } reason) continue;
            return stored is not null && HasPlace(entry, stored)
                ? OfToken(entry, seen, stored)
                : Moved(entry, seen.Article, NameReason.Moved, reason);
        }

        if (SameArticle.Republished(entry, published) is { } again)
            return Moved(entry, again.Key, NameReason.Republished, "the source showed an article of this title and date under another guid and link");
        return sightings.Count == 0
            ? new EntryClassification(EntryKind.New, key, "nobody has shown its URL before")
            : new EntryClassification(EntryKind.New, key, "its guid was another article's, and link, title and text are others")
            {
                Linked = sightings[0].Article,
            };
    }

    private static bool HasLink(EntryIdentity entry, KnownArticle article) => CanonicalUrl.Fold(article.Url) == CanonicalUrl.Fold(entry.Url);

    private static bool HasPlace(EntryIdentity entry, KnownArticle article) =>
        CanonicalUrl.Fold(new Uri(article.Url.GetLeftPart(UriPartial.Path))) == CanonicalUrl.Fold(new Uri(entry.Url.GetLeftPart(UriPartial.Path)));

    // Some links have a parameter that is new each time: neither a move nor a further URL, and no change unless the entry says something else.
    private static EntryClassification OfToken(EntryIdentity entry, KnownSighting seen, KnownArticle article)
    {
        var fingerprint = entry.FingerprintAt(article.Url);
        return fingerprint == seen.Fingerprint
            ? new EntryClassification(EntryKind.Known, article.Key, "seen before, and nothing but a parameter of its link changed")
            : new EntryClassification(EntryKind.Changed, article.Key, "seen before with another title or text") { Fingerprint = fingerprint };
    }

    // Some feeds give every entry a new guid each time; others show another article at the same link.
    private static EntryClassification OfSharedLink(EntryIdentity entry, ArticleKey key, IReadOnlyList<KnownSighting> others, KnownArticle? article)
    {
        if (article is not null && SharedLinks.IsAnother(entry.Title, SameArticle.TextOf(entry), entry.Date?.Day, article))
            return new EntryClassification(EntryKind.New, entry.PartKey, "its link is another article's, and guid, title and text are others")
            {
                IsPart = true,
            };
        var same = others.FirstOrDefault(seen => seen.Fingerprint == entry.Fingerprint) ?? others[0];
        return Seen(entry, same, key) with { Shown = same.Entry, IsPart = entry.IsPart };
    }

    private static EntryClassification Seen(EntryIdentity entry, KnownSighting same, ArticleKey key) => same.Fingerprint == entry.Fingerprint
        ? new EntryClassification(EntryKind.Known, key, "seen before, and nothing changed")
        : new EntryClassification(EntryKind.Changed, key, "seen before with another title or text");

    private static EntryClassification Moved(EntryIdentity entry, ArticleKey article, NameReason alias, string reason) =>
        new(EntryKind.Changed, article, reason) { Alias = entry.Article == article ? null : alias };
}
