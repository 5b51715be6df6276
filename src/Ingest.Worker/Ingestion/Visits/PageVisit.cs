using System.Threading.Tasks;
using Ingest.Worker.Articles;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Reading;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Pages;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>One visit of one page: fetch, read, merge with what the feed said, and save it all in one transaction.</summary>
internal sealed partial class PageVisit(
    WebFetcher fetcher, ReadingDesk desk, VisitSlots slots, PageQueue queue, SourceAccess access, HostMemory memory, WriteGate gate,
    VisitMetrics metrics, IOptionsMonitor<PagesOptions> pages, NodeName node, TimeProvider time, ILogger<PageVisit> log)
{
    // The first time zone to see a day, UTC+14.
    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(14);

    public async Task<PageReport> RunAsync(DuePage page, WritePass pass, CancellationToken ct)
    {
        var startedAt = time.GetUtcNow();
        using var stay = slots.Begin();
        using var span = VisitTrace.Begin("visit page");
        var (rules, source) = (await access.OfPageAsync(page.SourceId, page.Url, ct), await access.NameOfAsync(page.SourceId, ct));
        var request = rules.Request(page.Url, FetchKind.Page, Asked(page)) with
        {
            Owner = FetchOwner.Of(page.SourceId),
            Memory = stay.Memory,
            MayBegin = pass.MayBegin,
        };
        FetchResult result;
        using (VisitTrace.Begin("fetch")) result = rules.Hidden(await fetcher.FetchAsync(request, ct));
        var now = time.GetUtcNow();
        PageOutcome outcome;
        using (VisitTrace.Begin("read")) outcome = await OutcomeAsync(page, result, now, stay, ct);
        var failure = Failure(outcome);
        var fetch = FetchLedger.Entry(request, result, startedAt, node).WaitedFor(page.NextAttemptAt);
        var entry = fetch with { Cause = fetch.Cause ?? (failure is null ? null : LedgerCauses.Rejected), Failure = failure };
        using (VisitTrace.Begin("save")) await SaveAsync(page, outcome, entry, result, now, stay, ct);
        metrics.Visited(page, outcome, startedAt, time.GetUtcNow() - startedAt);
        if (failure is null) LogVisited(log, page.Url, result.Status, source);
        else if (outcome is PageOutcome.Later { CountsAsAttempt: false }) LogPostponed(log, page.Url, failure, source);
        else LogFailed(log, page.Url, failure, result.Status, source);
        return new PageReport(page.SourceId, failure);
    }

    private async Task<PageOutcome> OutcomeAsync(DuePage page, FetchResult result, DateTimeOffset now, VisitSlots.Stay stay, CancellationToken ct) =>
        result switch
        {
            FetchResult.Fetched fetched => await ReadAsync(page, fetched, now, stay, ct),
            FetchResult.Failed failed => AfterFailure(page, failed, now),
            FetchResult.NotModified => new PageOutcome.Unchanged(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private async Task SaveAsync(
        DuePage page, PageOutcome outcome, FetchEntry entry, FetchResult result, DateTimeOffset now, VisitSlots.Stay stay, CancellationToken ct)
    {
        await stay.EnterAsync(ct);
        await gate.SaveAsync(
            async ct =>
            {
                await memory.SaveAsync(result, now, ct);
                await queue.SaveAsync(page, outcome, entry, now, ct);
                return page;
            },
            ct);
    }

    // Its entry changed, which says nothing of the page.
    private static Validators? Asked(DuePage page) => page.Validators is { } kept ? new Validators(kept.ETag, kept.LastModified, kept.Url) : null;

    /// <summary>Saves that a visit ended in something nobody expected; the page is tried again, up to the limit.</summary>
    public Task SaveUnexpectedAsync(DuePage page, Exception error, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var fetch = FetchLedger.Unexpected(page.Url, FetchKind.Page, error, now, node);
        return queue.SaveAsync(page, Again(page, fetch.Failure!, null, now, isGone: false), fetch, now, ct);
    }

    private async Task<PageOutcome> ReadAsync(DuePage page, FetchResult.Fetched fetched, DateTimeOffset now, VisitSlots.Stay stay, CancellationToken ct)
    {
        if (!IsHtml(fetched.MediaType)) return new PageOutcome.Rejected($"the page is {fetched.MediaType}, not HTML");
        var latest = DateOnly.FromDateTime(now.UtcDateTime + MostAhead);
        var read = await desk.ReadPageAsync(fetched, latest, stay.Memory, ct);
        var fromFeed = page.LargeText > 0 ? await LoadTextAsync(page, stay, ct) : page.FromFeed;
        var assembly = await desk.WorkAsync(
            fetched, () => fromFeed is null ? ArticleAssembly.FromPage(read, fetched.FinalUrl) : ArticleAssembly.Merge(fromFeed, read, fetched.FinalUrl), ct);
        return assembly switch
        {
            AssemblyResult.Assembled assembled => new PageOutcome.Read(assembled.Article, fetched.FinalUrl)
            {
                Validators = PageValidators.Of(fetched.Validators.Url, fetched.Validators.ETag, fetched.Validators.LastModified),
            },
            AssemblyResult.Rejected rejected => new PageOutcome.Rejected(rejected.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<DatedArticle?> LoadTextAsync(DuePage page, VisitSlots.Stay stay, CancellationToken ct)
    {
        await stay.Memory.TakeAsync(sizeof(char) * (long)page.LargeText, ct);
        await stay.EnterAsync(ct);
        var text = await queue.LoadTextAsync(page, ct);
        stay.Leave();
        return text;
    }

    private PageOutcome AfterFailure(DuePage page, FetchResult.Failed failed, DateTimeOffset now) => failed switch
    {
        // The host's turn has not come, or something of our own failed: the page was not asked for, so no attempt is counted.
        { SparesSource: true } => new PageOutcome.Later(failed.NotBefore ?? now + pages.CurrentValue.RetryDelay, failed.Reason, CountsAsAttempt: false),
        { Kind: FailureKind.Gone } or { Cause: FailureCause.RobotsDisallowed or FailureCause.BadUrl or FailureCause.AddressRefused or FailureCause.OptedOut } =>
            new PageOutcome.GivenUp(failed.Reason, IsGone: failed.Kind == FailureKind.Gone),
        _ => Again(page, failed.Reason, failed.NotBefore, now, isGone: failed.Status == 404),
    };

    private PageOutcome Again(DuePage page, string reason, DateTimeOffset? notBefore, DateTimeOffset now, bool isGone)
    {
        var settings = pages.CurrentValue;
        if (page.Attempts + 1 >= settings.MaxAttempts) return new PageOutcome.GivenUp(reason, isGone);
        var wait = TimeSpan.FromTicks(Math.Min(settings.LongestRetryDelay.Ticks, settings.RetryDelay.Ticks * (1L << Math.Min(page.Attempts, 20))));
        var at = now + wait;
        var asked = notBefore < now + settings.LongestRetryDelay ? notBefore.Value : now + settings.LongestRetryDelay;
        return new PageOutcome.Later(notBefore > at && asked > at ? asked : at, reason, CountsAsAttempt: true);
    }

    private static bool IsHtml(string? mediaType) =>
        mediaType is null or "text/html" or "application/xhtml+xml" or "text/plain" or "application/xml" or "text/xml" or "application/octet-stream";

    private static string? Failure(PageOutcome outcome) => outcome switch
    {
        PageOutcome.Later later => later.Reason,
        PageOutcome.GivenUp given => given.Reason,
        PageOutcome.Rejected rejected => rejected.Reason,
        _ => null,
    };

    // What stands in no text is a field of the log, for programs, and is called as those that do.
    [LoggerMessage(602, LogLevel.Information, "{Url}: {Status}")]
    private static partial void LogVisited(ILogger logger, Uri url, int status, string Source);

    [LoggerMessage(620, LogLevel.Warning, "{Url}: {Failure}")]
    private static partial void LogFailed(ILogger logger, Uri url, string failure, int Status, string Source);

    [LoggerMessage(621, LogLevel.Information, "{Url}: put off, {Failure}")]
    private static partial void LogPostponed(ILogger logger, Uri url, string failure, string Source);
}
