using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage;

/// <summary>Everything that one visit of a source changes, saved in one transaction.</summary>
internal sealed record VisitWrites
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
    public required ServerTrust ServerTrust { get; init; }

    /// <summary>What is out of the ordinary.</summary>
    public IReadOnlyList<SourceEvent> Events { get; init; } = [];

    /// <summary>What its entries change.</summary>
    public EntryChanges Changes { get; init; } = EntryChanges.None;

    public IReadOnlyList<ChildSource> Children { get; init; } = [];

    /// <summary>The address at which its feed was looked for in this visit; null for none.</summary>
    public Guess? Guess { get; init; }

    /// <summary>Nothing but the source's row and the ledger is written.</summary>
    public bool IsUneventful => Changes.IsEmpty && Children.Count == 0;

    /// <summary>The visit without new articles that tell what another one tells: their URLs become further ones of it, and their sightings its own.</summary>
    public VisitWrites Without(IReadOnlyList<StoryLink> duplicates)
    {
        var changes = Changes.Without(duplicates);
        var (dropped, counts) = (Changes.New.Count - changes.New.Count, Fetch.Entries);
        return dropped == 0
            ? this
            : this with { Changes = changes, Fetch = Fetch with { Entries = counts with { New = counts.New - dropped, Known = counts.Known + dropped } } };
    }
}

/// <summary>What is known of a source's address and of its server; changes rarely.</summary>
internal sealed record ServerTrust
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
    public static ServerTrust Of(Source source) =>
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

/// <summary>A sitemap or feed found through a source.</summary>
internal sealed record ChildSource(string Name, Uri Url);
