namespace Ingest.Worker.Identity;

/// <summary>What the database knows about the entries of one document.</summary>
/// <param name="Sightings">The sightings of this source with one of the entries' keys.</param>
/// <param name="Articles">The articles, or rejected and waiting pages, that exist under the entries' article keys.</param>
internal sealed record KnownEntries(IReadOnlyList<KnownSighting> Sightings, IReadOnlySet<ArticleKey> Articles);

/// <summary>An earlier sighting of an entry in the same source.</summary>
internal sealed record KnownSighting(EntryKey Entry, ArticleKey Article, Guid Fingerprint, string Title);

/// <summary>What an entry is to the database.</summary>
internal enum NoveltyKind
{
    /// <summary>Nobody has shown this article before.</summary>
    New,

    /// <summary>This source has shown it before, and the entry says something else now.</summary>
    Changed,

    /// <summary>Seen, and nothing changed.</summary>
    Known,

    /// <summary>The article is there already, through another source or another guid: a sighting is all there is to add.</summary>
    Sighted,

    /// <summary>The same document holds this article twice; the first entry speaks for it.</summary>
    Repeated,
}

/// <summary>The decision about one entry.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Article">The article that it belongs to: for a changed entry the one first sighted, even when its link moved.</param>
internal sealed record NoveltyChoice(NoveltyKind Kind, ArticleKey Article);

/// <summary>Decides for each entry whether it is new, changed or known.</summary>
internal static class Novelty
{
    /// <summary>One choice per entry, in order.</summary>
    public static IReadOnlyList<NoveltyChoice> Choose(IReadOnlyList<EntryIdentity> entries, KnownEntries known)
    {
        var sightings = known.Sightings.ToLookup(static sighting => sighting.Entry);
        var taken = new HashSet<ArticleKey>();
        return [.. entries.Select(entry =>
        {
            var choice = Choose(entry, [.. sightings[entry.Entry]], known.Articles);
            return taken.Add(choice.Article) ? choice : choice with { Kind = NoveltyKind.Repeated };
        })];
    }

    private static NoveltyChoice Choose(EntryIdentity entry, IReadOnlyList<KnownSighting> sightings, IReadOnlySet<ArticleKey> articles)
    {
        var sighting = sightings.FirstOrDefault(seen => seen.Article == entry.Article)
            ?? sightings.FirstOrDefault(seen => !IsReusedGuid(seen, entry));
        if (sighting is not null)
            return new NoveltyChoice(sighting.Fingerprint == entry.Fingerprint ? NoveltyKind.Known : NoveltyKind.Changed, sighting.Article);
        return new NoveltyChoice(articles.Contains(entry.Article) ? NoveltyKind.Sighted : NoveltyKind.New, entry.Article);
    }

    // The same guid with another link is a moved article, unless the title is another one too: then the guid was used again.
    private static bool IsReusedGuid(KnownSighting seen, EntryIdentity entry) =>
        seen.Article != entry.Article && !string.Equals(seen.Title, entry.Title, StringComparison.Ordinal);
}
