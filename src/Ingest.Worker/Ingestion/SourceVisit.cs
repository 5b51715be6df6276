using System.Threading.Tasks;
using Ingest.Worker.Feeds;
using Ingest.Worker.Fetching;
using Ingest.Worker.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion;

/// <summary>One visit of one source: fetch, read, recognise, assemble, plan, and save it all in one transaction.</summary>
internal sealed partial class SourceVisit(
    WebFetcher fetcher, ArticleStore articles, IOptionsMonitor<PollingOptions> polling, IOptionsMonitor<PagesOptions> pages, NodeName node, TimeProvider time, ILogger<SourceVisit> log)
{
    // Mostly a maintenance page in the feed's place, which is the server's trouble.
    private const double UnreadableWeight = 0.5;

    public async Task<VisitReport> RunAsync(Source source, CancellationToken ct)
    {
        var prepared = await PrepareAsync(source, ct);
        var visit = await articles.SaveVisitAsync(prepared.Visit, ct);
        LogVisited(log, source.Name, visit.Fetch.Status, visit.Fetch.Failure, visit.Fetch.Entries.New, visit.Fetch.Entries.Changed, visit.Fetch.Entries.Known);
        return new VisitReport(source, visit.Fetch.Status, visit.Fetch.Failure, prepared.Result is FetchResult.NotModified, visit.Fetch.Entries, time.GetUtcNow() - visit.Fetch.StartedAt);
    }

    /// <summary>Everything of a visit but the saving: fetches, reads, decides and plans; nothing is written.</summary>
    public async Task<PreparedVisit> PrepareAsync(Source source, CancellationToken ct)
    {
        var startedAt = time.GetUtcNow();
        var request = new FetchRequest(source.Url, FetchKind.Feed, source.ETag is null && source.LastModified is null ? null : new Validators(source.ETag, source.LastModified, source.ValidatorsUrl));
        var result = await fetcher.FetchAsync(request, ct);
        var fetch = FetchLedger.Entry(request, result, startedAt, node);
        return result switch
        {
            FetchResult.NotModified => new PreparedVisit(Unchanged(source, result, fetch), request, result),
            FetchResult.Failed failed => new PreparedVisit(Failed(source, failed, fetch), request, result),
            FetchResult.Fetched fetched => await ReadAsync(source, request, fetched, fetch, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Saves that a visit ended in something nobody expected, so that the source backs off and says so.</summary>
    public Task SaveUnexpectedAsync(Source source, Exception error, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var reason = $"unexpected: {error.GetType().Name}: {error.Message}";
        var fetch = new FetchEntry { Id = Guid.CreateVersion7(now), Url = source.Url, Kind = "feed", StartedAt = now, Duration = TimeSpan.Zero, Status = 0, Outcome = "failed", Cause = error.GetType().Name, Failure = reason, Node = node.Value };
        return articles.SaveVisitAsync(Planned(source, new PollOutcome.Failed(1, reason), fetch), ct);
    }

    private async Task<PreparedVisit> ReadAsync(Source source, FetchRequest request, FetchResult.Fetched fetched, FetchEntry fetch, CancellationToken ct)
    {
        var bodyHash = Fingerprint.Of(fetched.Body);
        if (bodyHash == source.BodyHash) return new PreparedVisit(Unchanged(source, fetched, fetch) with { Facts = Facts(fetched, bodyHash, null) }, request, fetched);
        switch (FeedReader.Read(fetched.Body, fetched.Charset, fetched.FinalUrl))
        {
            case FeedReading.Unreadable unreadable:
                var failed = new PollOutcome.Failed(UnreadableWeight, unreadable.Reason) { NotBefore = fetched.NotBefore };
                return new PreparedVisit(Planned(source, failed, fetch with { Cause = "Unreadable", Failure = unreadable.Reason }), request, fetched);
            case FeedDocument document:
                var harvest = await HarvestAsync(source, document, ct);
                return new PreparedVisit(Harvested(source, document, harvest, fetched, fetch) with { Facts = Facts(fetched, bodyHash, document) }, request, fetched) { Document = document, Decisions = harvest.Decisions };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<EntryHarvest> HarvestAsync(Source source, FeedDocument document, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var settings = pages.CurrentValue;
        var read = document.Format == FeedFormat.Sitemap ? document with { Entries = SitemapRules.Recent(document.Entries, now - settings.SitemapAge) } : document;
        var linked = EntryHarvest.Link(read.Entries);
        var identities = linked.Select(static entry => entry.Identity).ToList();
        var known = linked.Count == 0 ? KnownEntries.None : await articles.LoadKnownAsync(source.Id, identities, ct);
        var choices = Novelty.Choose(identities, known, await EvidenceAsync(source, identities, known, ct));
        return EntryHarvest.Gather(source, read, linked, choices, now, settings.RevisitDelay);
    }

    // Mostly none is needed.
    private async Task<IReadOnlyList<KnownArticle>> EvidenceAsync(Source source, IReadOnlyList<EntryIdentity> entries, KnownEntries known, CancellationToken ct)
    {
        if (Novelty.Doubts(entries, known) is { Count: > 0 } doubts) return await articles.LoadArticlesAsync(doubts, ct);
        return source.BodyHash is not null && Novelty.IsForgotten(entries, known) ? await articles.LoadLatestAsync(source.Id, ct) : [];
    }

    private Visit Harvested(Source source, FeedDocument document, EntryHarvest harvest, FetchResult.Fetched fetched, FetchEntry fetch)
    {
        var asked = new PollRequest(document.Hints.Interval, document.Hints.SkipHours, document.Hints.SkipDays);
        var hadNews = harvest.Counts is { New: > 0 } or { Changed: > 0 };
        return Planned(source, new PollOutcome.Read(hadNews, asked) { NotBefore = fetched.NotBefore }, fetch with { Entries = harvest.Counts }) with
        {
            New = harvest.New,
            Changed = harvest.Changed,
            Sightings = harvest.Sightings,
            Pages = harvest.Pages,
            Aliases = harvest.Aliases,
            Links = harvest.Links,
            Deleted = harvest.Deleted,
            Children = SitemapRules.Children(source, document, pages.CurrentValue.MaxSitemapChildren),
        };
    }

    private Visit Unchanged(Source source, FetchResult result, FetchEntry fetch) => Planned(source, new PollOutcome.NotModified { NotBefore = result.NotBefore }, fetch);

    private Visit Failed(Source source, FetchResult.Failed failed, FetchEntry fetch)
    {
        // Waiting for the host's turn, or for the end of its Retry-After, is nobody's failure.
        var weight = failed.Cause is FailureCause.HostWaits or FailureCause.CircuitOpen ? 0 : Weight(failed.Kind);
        return Planned(source, new PollOutcome.Failed(weight, failed.Reason) { NotBefore = failed.NotBefore }, fetch) with { Gone = failed.Kind == FailureKind.Gone };
    }

    private Visit Planned(Source source, PollOutcome outcome, FetchEntry fetch)
    {
        var now = time.GetUtcNow();
        return new Visit { Source = source, Now = now, Plan = PollPlan.After(source, outcome, polling.CurrentValue.ToBounds(), now), Fetch = fetch };
    }

    private static SourceFacts Facts(FetchResult.Fetched fetched, Guid bodyHash, FeedDocument? document) =>
        new(fetched.Validators.ETag, fetched.Validators.LastModified, fetched.Validators.Url, bodyHash, document?.Title, document?.Link, document?.Language);

    private static double Weight(FailureKind kind) => kind switch
    {
        FailureKind.Transient => 0.25,
        FailureKind.Server => 0.5,
        _ => 1,
    };

    [LoggerMessage(601, LogLevel.Information, "{Source}: {Status} {Failure} {New} new, {Changed} changed, {Known} known")]
    private static partial void LogVisited(ILogger logger, string source, int status, string? failure, int @new, int changed, int known);
}
