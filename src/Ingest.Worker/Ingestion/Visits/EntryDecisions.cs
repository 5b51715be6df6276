using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>What becomes of a document's entries: what is to be stored, and which pages are still needed.</summary>
internal sealed class EntryDecisions
{
    private readonly Source source;
    private readonly FeedDocument document;
    private readonly DateTimeOffset now;
    private readonly TimeSpan revisitDelay;
    private readonly EntryFilter filter;
    private readonly List<EntryDecision> all = [];
    private readonly List<StoredArticle> added = [], changed = [];
    private readonly List<Sighting> sightings = [];
    private readonly List<QueuedPage> pages = [];
    private readonly List<Alias> aliases = [];
    private readonly List<DoubtfulLink> links = [];
    private readonly HashSet<string> sharedLinks;

    private EntryDecisions(Source source, FeedDocument document, EntryFilter filter, DateTimeOffset now, TimeSpan revisitDelay)
    {
        // An address that several entries have tells them not apart.
        sharedLinks = document.Entries.Where(static entry => entry.CountingLink is not null).GroupBy(static entry => entry.CountingLink!)
            .Where(static group => group.Skip(1).Any()).Select(static group => group.Key).ToHashSet(StringComparer.Ordinal);
        (this.source, this.document, this.filter, this.now, this.revisitDelay) = (source, document, filter, now, revisitDelay);
        Changes = new EntryChanges
        {
            New = added, Changed = changed, Sightings = sightings, Pages = pages, Aliases = aliases, Links = links,
            Deleted = [.. document.Deleted.Select(Delete)],
        };
    }

    /// <summary>The rows that they come to.</summary>
    public EntryChanges Changes { get; }

    /// <summary>The entries that this source has not shown before.</summary>
    public List<FeedEntry> Fresh { get; } = [];

    /// <summary>Whether the source has shown one of the entries before.</summary>
    public bool HasSeen { get; private set; }

    /// <summary>One decision an entry; those without a URL come first.</summary>
    public IReadOnlyList<EntryDecision> All => all;

    public EntryCounts Counts => new(Count(EntryFate.New), Count(EntryFate.Changed), Count(EntryFate.Known), Count(EntryFate.Rejected))
    {
        Filtered = Count(EntryFate.Filtered),
    };

    /// <summary>Takes the decisions of <see cref="EntryClassifier"/> and makes of each entry what they ask for.</summary>
    /// <param name="source">The source that was read.</param>
    /// <param name="document">What was read.</param>
    /// <param name="filter">Which entries are taken.</param>
    /// <param name="entries">Its linked entries.</param>
    /// <param name="classifications">One decision an entry.</param>
    /// <param name="now">The time of the visit.</param>
    /// <param name="revisitDelay">How long the page of a changed entry is left alone.</param>
    /// <param name="ct">Gives up, between two entries.</param>
    public static EntryDecisions Make(
        Source source, FeedDocument document, EntryFilter filter, IReadOnlyList<EntryIdentity> entries, IReadOnlyList<EntryClassification> classifications,
        DateTimeOffset now, TimeSpan revisitDelay, CancellationToken ct)
    {
        var made = new EntryDecisions(source, document, filter, now, revisitDelay);
        var linked = entries.Select(static entry => entry.Entry).ToHashSet<FeedEntry>(ReferenceEqualityComparer.Instance);
        foreach (var entry in document.Entries.Where(entry => !linked.Contains(entry)))
            made.all.Add(
                new EntryDecision(entry, null, EntryFate.Rejected, "it has no usable http(s) link, permalink guid or enclosure", NeedsPage: false));
        for (var i = 0; i < entries.Count; i++)
        {
            ct.ThrowIfCancellationRequested();
            made.Take(entries[i], classifications[i]);
        }

        return made;
    }

    private static DeletedEntry Delete(FeedTombstone entry) =>
        new(EntryKey.OfGuid(entry.Id), entry.At, entry.Comment is null ? "the feed deleted its entry" : $"the feed deleted its entry: {entry.Comment}");

    private void Take(EntryIdentity entry, EntryClassification classification)
    {
        if (filter.ReasonAgainst(entry.Entry, entry.Url) is { } against)
        {
            Decide(entry, EntryFate.Filtered, against);
            return;
        }

        HasSeen |= classification.Kind is EntryKind.Known or EntryKind.Changed;
        if (classification.Kind is EntryKind.New or EntryKind.AlreadyStored) Fresh.Add(entry.Entry);
        switch (classification.Kind)
        {
            case EntryKind.Known or EntryKind.Repeated:
                Decide(entry, EntryFate.Known, classification.Reason);
                break;
            case EntryKind.AlreadyStored:
                Decide(entry, EntryFate.Known, classification.Reason);
                AddSighting(entry, classification);
                break;
            case EntryKind.New:
                Store(entry, classification, added, isChange: false);
                break;
            case EntryKind.Changed:
                Store(entry, classification, changed, isChange: true);
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private void Store(EntryIdentity entry, EntryClassification classification, List<StoredArticle> articles, bool isChange)
    {
        var key = classification.Article;
        var assembly = ArticleAssembly.FromEntry(entry.Entry, document, entry.Url);
        var assembled = assembly as AssemblyResult.Assembled;
        var needsPage = source.FullText switch
        {
            // The page behind a shared link is not this article's.
            _ when classification.IsPart => false,
            FullText.Never => false,
            FullText.Always => true,
            _ => assembled is null || ArticleAssembly.NeedsPage(assembled.Article, entry.Entry),
        };
        if (assembled is null && !needsPage)
        {
            Decide(entry, EntryFate.Rejected, ((AssemblyResult.Rejected)assembly).Reason);
            return;
        }

        if (assembled is not null) articles.Add(new StoredArticle(key, assembled.Article, needsPage ? PageState.Waiting : PageState.None));
        if (needsPage)
            pages.Add(new QueuedPage(key, entry.Url, entry.Date?.At, isChange ? now + revisitDelay : now, isChange));
        Decide(entry, isChange ? EntryFate.Changed : EntryFate.New, classification.Reason, needsPage);
        AddSighting(entry, classification);
    }

    private void Decide(EntryIdentity entry, EntryFate fate, string reason, bool needsPage = false) =>
        all.Add(new EntryDecision(entry.Entry, entry.Url, fate, reason, needsPage));

    private int Count(EntryFate fate) => all.Count(decision => decision.Fate == fate);

    private void AddSighting(EntryIdentity entry, EntryClassification classification)
    {
        sightings.Add(new Sighting(
            classification.Shown ?? entry.Key, classification.Article, entry.Entry.Id, entry.Url.OriginalString, entry.Title,
            classification.Fingerprint ?? entry.Fingerprint));
        if (classification.Alias is { } reason) aliases.Add(new Alias(entry.Article, entry.Url, classification.Article, reason));
        if (entry.Entry.CountingLink is { } counting && !sharedLinks.Contains(counting) && CanonicalUrl.Parse(counting) is { } counted)
            aliases.Add(new Alias(ArticleKey.Of(counted), counted, classification.Article, NameReason.Redirect));
        if (classification.Linked is { } other && other != classification.Article) links.Add(new DoubtfulLink(classification.Article, other, NameReason.Guid));
    }
}
