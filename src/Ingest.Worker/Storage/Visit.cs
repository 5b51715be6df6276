using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Keys;

namespace Ingest.Worker.Storage;

/// <summary>Everything that one visit of a source changes, saved in one transaction.</summary>
internal sealed record Visit
{
    public required Source Source { get; init; }

    public required DateTimeOffset Now { get; init; }

    public required PollPlan Plan { get; init; }

    public required FetchEntry Fetch { get; init; }

    /// <summary>What the source row is to remember of a full answer; null when there was none.</summary>
    public SourceFacts? Facts { get; init; }

    /// <summary>The publisher answered 410: the source is kept, and asked rarely whether it is back.</summary>
    public bool Gone { get; init; }

    /// <summary>The source was not asked, through no fault of its own: what its last poll said of it stands.</summary>
    public bool IsPostponed { get; init; }

    /// <summary>What is known of the source's address and server after the visit.</summary>
    public required SourceStanding Standing { get; init; }

    /// <summary>What is out of the ordinary.</summary>
    public IReadOnlyList<SourceEvent> Events { get; init; } = [];

    public IReadOnlyList<StoredArticle> New { get; init; } = [];

    public IReadOnlyList<StoredArticle> Changed { get; init; } = [];

    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    public IReadOnlyList<QueuedPage> Pages { get; init; } = [];

    public IReadOnlyList<ChildSource> Children { get; init; } = [];

    /// <summary>Links under which articles stand now that were shown under another one.</summary>
    public IReadOnlyList<Alias> Aliases { get; init; } = [];

    /// <summary>Articles whose guid was another one's.</summary>
    public IReadOnlyList<DoubtfulLink> Links { get; init; } = [];

    /// <summary>Entries that the feed deleted.</summary>
    public IReadOnlyList<DeletedEntry> Deleted { get; init; } = [];

    /// <summary>The address at which its feed was looked for in this visit; null for none.</summary>
    public Guess? Guess { get; init; }

    /// <summary>Nothing but the source's row and the ledger is written.</summary>
    public bool IsUneventful =>
        New.Count + Changed.Count + Sightings.Count + Pages.Count + Children.Count + Aliases.Count + Links.Count + Deleted.Count == 0;

    /// <summary>The visit without new articles that tell what another one tells: their URLs become further ones of it, and their sightings its own.</summary>
    public Visit Without(IReadOnlyList<StoryLink> duplicates)
    {
        var kept = duplicates.ToDictionary(static link => link.Article, static link => link.Other);
        var dropped = New.Where(row => kept.ContainsKey(row.Key)).ToList();
        if (dropped.Count == 0) return this;
        var keys = dropped.Select(static row => row.Key).ToHashSet();
        var counts = Fetch.Entries;
        return this with
        {
            New = [.. New.Where(row => !keys.Contains(row.Key))],
            Pages = [.. Pages.Where(page => !keys.Contains(page.Key))],
            Sightings = [.. Sightings.Select(sighting => keys.Contains(sighting.Article) ? sighting with { Article = kept[sighting.Article] } : sighting)],
            Aliases = [.. Aliases, .. dropped.Select(row => new Alias(row.Key, row.Article.Url, kept[row.Key], NameReason.Duplicate))],
            Fetch = Fetch with { Entries = counts with { New = counts.New - dropped.Count, Known = counts.Known + dropped.Count } },
        };
    }
}

/// <summary>What is known of a source's address and of its server; changes rarely.</summary>
internal sealed record SourceStanding
{
    /// <summary>The publisher said 410.</summary>
    public bool IsGone { get; init; }

    /// <summary>Whether a 304 of the server is believed.</summary>
    public required ValidatorTrust Trust { get; init; }

    public DateTimeOffset? LastFullAt { get; init; }

    /// <summary>A permanent redirect that is not believed yet.</summary>
    public PendingMove? Move { get; init; }

    /// <summary>The URL that is polled from now on; null when it stays.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>When the next address at which its feed may be is asked.</summary>
    public DateTimeOffset? GuessAt { get; init; }

    /// <summary>As it was before the visit.</summary>
    public static SourceStanding Of(Source source) =>
        new() { GuessAt = source.GuessAt, IsGone = source.IsGone, Trust = source.Trust, LastFullAt = source.LastFullAt, Move = source.Move };
}

/// <summary>Something that happened to a source beyond its daily business.</summary>
/// <param name="Kind">What.</param>
/// <param name="Detail">In words.</param>
internal sealed record SourceEvent(SourceEventKind Kind, string Detail);

/// <summary>A host that asked to be left alone.</summary>
/// <param name="Host">Host, with the port where it is not the scheme's own.</param>
/// <param name="NotBefore">The first time it may be asked again.</param>
/// <param name="Status">The HTTP status that asked for it.</param>
internal sealed record HostHold(string Host, DateTimeOffset NotBefore, int Status)
{
    /// <summary>The pause that grows with each refusal; null for none.</summary>
    public TimeSpan? Pause { get; init; }

    /// <summary>Whether it was released by hand.</summary>
    public bool IsReleased { get; init; }
}

/// <summary>What a full answer says of its source.</summary>
internal sealed record SourceFacts(string? ETag, string? LastModified, Uri? ValidatorsUrl, Guid BodyHash, string? Title, string? SiteUrl, string? Language);

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

/// <summary>A sitemap or feed found through a source.</summary>
internal sealed record ChildSource(string Name, Uri Url);
