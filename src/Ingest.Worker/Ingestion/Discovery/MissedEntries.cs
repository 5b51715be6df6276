using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Reading;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion.Discovery;

/// <summary>What was found of entries that may have come and gone between two visits.</summary>
/// <param name="Entries">Entries, those of the feed itself excepted.</param>
/// <param name="Fetches">The fetches that it took.</param>
/// <param name="Words">Where it was looked, in words.</param>
internal sealed record MissedSearch(IReadOnlyList<FeedEntry> Entries, IReadOnlyList<FetchEntry> Fetches, string Words);

/// <summary>
/// Looks for missed entries: in the older documents that the feed links (RFC 5005), back to one that holds a known entry; without such links in the news
/// sitemaps that the site's robots.txt names, whose entries are taken for the sections that the feed shows and for the time since its last known news.
/// </summary>
internal sealed class MissedEntries(WebFetcher fetcher, SourceAccess access, ReadingDesk desk, NodeName node, TimeProvider time)
{
    // The dates of feed and sitemap need not agree to the minute.
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);

    /// <summary>Searches, with a bounded number of fetches.</summary>
    /// <param name="source">The source.</param>
    /// <param name="document">Its feed as it is now.</param>
    /// <param name="isKnown">Whether the source has shown one of these entries before.</param>
    /// <param name="most">Documents to fetch at most.</param>
    /// <param name="stay">What the visit holds; while the web is waited for, no slot.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<MissedSearch> SearchAsync(
        Source source, FeedDocument document, Func<IReadOnlyList<FeedEntry>, Task<bool>> isKnown, int most, VisitSlots.Stay stay, CancellationToken ct)
    {
        if (most == 0) return new MissedSearch([], [], "older documents are not looked for");
        return Older(document) is null
            ? await InSitemapsAsync(source, document, most, stay, ct)
            : await InArchivesAsync(source, document, isKnown, most, stay, ct);
    }

    private async Task<MissedSearch> InArchivesAsync(
        Source source, FeedDocument document, Func<IReadOnlyList<FeedEntry>, Task<bool>> isKnown, int most, VisitSlots.Stay stay, CancellationToken ct)
    {
        List<FeedEntry> entries = [];
        List<FetchEntry> fetches = [];
        var visited = new HashSet<Uri> { source.Url };
        for (var at = Older(document); at is not null && visited.Add(at); at = Older(document))
        {
            if (fetches.Count == most)
                return new MissedSearch(entries, fetches, "not all of them: the older documents that the feed links do not reach back within the limit");
            if (await ReadAsync(source, at, fetches, stay, ct) is not { } older)
                return new MissedSearch(entries, fetches, $"not all of them: {at} cannot be read");
            document = older;
            entries.AddRange(older.Entries);
            if (await isKnown(older.Entries)) return new MissedSearch(entries, fetches, "the older documents that the feed links reach back to what was known");
        }

        return new MissedSearch(entries, fetches, "the older documents that the feed links were read to their end");
    }

    private async Task<MissedSearch> InSitemapsAsync(Source source, FeedDocument document, int most, VisitSlots.Stay stay, CancellationToken ct)
    {
        stay.Leave();
        List<FetchEntry> fetches = [];
        var urls = EntryIdentity.Identify(document.Entries, document.Link).Select(static entry => entry.Url).ToList();
        var site = urls.Count > 0 ? urls[0] : source.Url;
        var (stated, side) = await fetcher.FindSitemapsAsync(site, ct);
        fetches.AddRange(FetchLedger.Others(side, node));
        var sections = urls.Select(Section).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var since = (source.History.News?.LastAt ?? source.LastSuccessAt ?? time.GetUtcNow()) - Overlap;
        var waiting = new Queue<Uri>(stated.Select(CanonicalUrl.Parse).OfType<Uri>().OrderByDescending(IsNews));
        List<FeedEntry> entries = [];
        for (var read = 0; read < most && waiting.TryDequeue(out var at); read++)
        {
            if (await ReadAsync(source, at, fetches, stay, ct) is not { } map) continue;
            foreach (var child in map.Children.Select(static child => CanonicalUrl.Parse(child.Url)).OfType<Uri>().Where(IsNews)) waiting.Enqueue(child);
            if (map.Format == FeedFormat.Sitemap && (IsNews(at) || map.Entries.Any(static entry => entry.Title is not null)))
                entries.AddRange(map.Entries.Where(
                    entry => (entry.Published ?? entry.Updated)?.At >= since && CanonicalUrl.Parse(entry.Link) is { } url && sections.Contains(Section(url))));
        }

        return new MissedSearch(
            entries,
            fetches,
            fetches.Count == side.Count ? "the feed links no older documents, and the site names no sitemap" : "the site's news sitemaps were read");
    }

    private async Task<FeedDocument?> ReadAsync(Source source, Uri url, List<FetchEntry> fetches, VisitSlots.Stay stay, CancellationToken ct)
    {
        stay.Leave();
        var startedAt = time.GetUtcNow();
        var rules = access.Of(source);
        var request = rules.Request(url, FetchKind.Feed, null) with { Owner = FetchOwner.Of(source.Id), Memory = stay.Memory };
        var result = rules.Hidden(await fetcher.FetchAsync(request, ct));
        var fetch = FetchLedger.Entry(request, result, startedAt, node);
        fetches.AddRange([.. fetch.Others, fetch with { Kind = LedgerKind.Archive, Others = [] }]);
        if (result is not FetchResult.Fetched fetched) return null;
        var read = await desk.ReadFeedAsync(fetched, stay.Memory, ct);
        return read is FeedDocument { Format: not FeedFormat.Page } document ? document : null;
    }

    private static Uri? Older(FeedDocument document) => CanonicalUrl.Parse(document.PreviousArchive) ?? CanonicalUrl.Parse(document.NextPage);

    private static bool IsNews(Uri url) => url.AbsolutePath.Contains("news", StringComparison.OrdinalIgnoreCase);

    // Host and first folder of an article's URL.
    private static string Section(Uri url) => url.IdnHost + (url.Segments.Length > 2 ? "/" + url.Segments[1] : "/");
}
