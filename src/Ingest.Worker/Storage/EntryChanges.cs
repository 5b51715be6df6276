using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage;

/// <summary>The rows that a document's entries come to.</summary>
internal sealed record EntryChanges
{
    public static EntryChanges None { get; } = new();

    public IReadOnlyList<StoredArticle> New { get; init; } = [];

    public IReadOnlyList<StoredArticle> Changed { get; init; } = [];

    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    public IReadOnlyList<QueuedPage> Pages { get; init; } = [];

    /// <summary>Links under which articles stand now that were shown under another one.</summary>
    public IReadOnlyList<Alias> Aliases { get; init; } = [];

    /// <summary>Articles whose guid was another one's.</summary>
    public IReadOnlyList<DoubtfulLink> Links { get; init; } = [];

    /// <summary>Entries that the feed deleted.</summary>
    public IReadOnlyList<DeletedEntry> Deleted { get; init; } = [];

    public bool IsEmpty => New.Count + Changed.Count + Sightings.Count + Pages.Count + Aliases.Count + Links.Count + Deleted.Count == 0;

    /// <summary>Without new articles that tell what another one tells: their URLs become further ones of it, and their sightings its own.</summary>
    public EntryChanges Without(IReadOnlyList<StoryLink> duplicates)
    {
        var kept = duplicates.ToDictionary(static link => link.Article, static link => link.Other);
        var dropped = New.Where(row => kept.ContainsKey(row.Key)).ToDictionary(static row => row.Key);
        if (dropped.Count == 0) return this;
        return this with
        {
            New = [.. New.Where(row => !dropped.ContainsKey(row.Key))],
            Pages = [.. Pages.Where(page => !dropped.ContainsKey(page.Key))],
            Sightings = [.. Sightings.Select(row => dropped.ContainsKey(row.Article) ? row with { Article = kept[row.Article] } : row)],
            Aliases = [.. Aliases, .. dropped.Values.Select(row => new Alias(row.Key, row.Article.Url, kept[row.Key], NameReason.Duplicate))],
        };
    }

    /// <summary>Takes them apart: the rows of one article each, then each deletion.</summary>
    public IEnumerable<EntryChanges> Parts()
    {
        var (added, changed) = (New.ToLookup(static row => row.Key), Changed.ToLookup(static row => row.Key));
        var (sightings, pages) = (Sightings.ToLookup(static row => row.Article), Pages.ToLookup(static row => row.Key));
        var (aliases, links) = (Aliases.ToLookup(static row => row.Article), Links.ToLookup(static row => row.Article));
        IEnumerable<ArticleKey>[] keys =
        [
            New.Select(static row => row.Key), Changed.Select(static row => row.Key), sightings.Select(static rows => rows.Key),
            Pages.Select(static row => row.Key), aliases.Select(static rows => rows.Key), links.Select(static rows => rows.Key),
        ];
        return
        [
            .. keys.SelectMany(static some => some).Distinct().Select(key => new EntryChanges
            {
                New = [.. added[key]], Changed = [.. changed[key]], Sightings = [.. sightings[key]], Pages = [.. pages[key]], Aliases = [.. aliases[key]],
                Links = [.. links[key]],
            }),
            .. Deleted.Select(static row => new EntryChanges { Deleted = [row] }),
        ];
    }

    /// <summary>Puts some together.</summary>
    public static EntryChanges Join(IReadOnlyList<EntryChanges> some) => new()
    {
        New = [.. some.SelectMany(static one => one.New)],
        Changed = [.. some.SelectMany(static one => one.Changed)],
        Sightings = [.. some.SelectMany(static one => one.Sightings)],
        Pages = [.. some.SelectMany(static one => one.Pages)],
        Aliases = [.. some.SelectMany(static one => one.Aliases)],
        Links = [.. some.SelectMany(static one => one.Links)],
        Deleted = [.. some.SelectMany(static one => one.Deleted)],
    };
}

/// <summary>An article under its key.</summary>
/// <param name="Key">Identity.</param>
/// <param name="Article">The record.</param>
/// <param name="PageState">Whether its page is wanted, or was read.</param>
internal sealed record StoredArticle(ArticleKey Key, DatedArticle Article, PageState PageState)
{
    /// <summary>What an archive tells of it beyond its text.</summary>
    public ArticleMarks Marks { get; init; } = ArticleMarks.None;

    /// <summary>An article as an archive has it: no page is waited for.</summary>
    public static StoredArticle FromArchive(DatedArticle article, ArticleMarks marks) =>
        new(ArticleKey.Of(article.Url), article, PageState.None) { Marks = marks };
}

/// <summary>An entry as a source showed it.</summary>
internal sealed record Sighting(EntryKey Entry, ArticleKey Article, string? Guid, string Url, string Title, Guid Fingerprint);

/// <summary>A page to be fetched.</summary>
/// <param name="Key">The article it belongs to.</param>
/// <param name="Url">What is fetched.</param>
/// <param name="PublishedAt">Date that the source states; null when none.</param>
/// <param name="NotBefore">The first time it may be fetched.</param>
/// <param name="Again">True for the page of a changed entry, which may have been read, failed or rejected before.</param>
internal sealed record QueuedPage(ArticleKey Key, Uri Url, DateTimeOffset? PublishedAt, DateTimeOffset NotBefore, bool Again);
