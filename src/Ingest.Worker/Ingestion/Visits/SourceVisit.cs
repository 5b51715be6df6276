using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>One visit of one source: fetch, read, recognise, assemble, plan, and save it all in one transaction.</summary>
internal sealed partial class SourceVisit(
    WebFetcher fetcher, SourceAccess access, VisitPreparation preparation, VisitSlots slots, ArticleStore articles, HostMemory memory, TwinVisits twins,
    WriteGate gate, VisitMetrics metrics, IOptionsMonitor<PollingOptions> polling, TimeProvider time, ILogger<SourceVisit> log)
{
    public async Task<VisitReport> RunAsync(Source source, WritePass pass, CancellationToken ct)
    {
        using var turn = await twins.EnterAsync(source, ct);
        if (turn.Seen is { } before) return before;
        using var stay = slots.Begin();
        using var span = VisitTrace.Begin("visit source", source.Name);
        var asked = await AskAsync(source, stay, pass, ct);
        var (report, _) = await FinishAsync(source, asked, stay, ct);
        foreach (var twin in await turn.WhoSeeAsync(asked, ct))
        {
            stay.Leave();
            var (seen, at) = await FinishAsync(twin, asked.For(twin, source), stay, ct);
            turn.Saw(twin, at, seen);
        }

        return report;
    }

    private async Task<(VisitReport Report, DateTimeOffset At)> FinishAsync(Source source, Asked asked, VisitSlots.Stay stay, CancellationToken ct)
    {
        VisitOutcome prepared;
        using (VisitTrace.Begin("read")) prepared = await preparation.PrepareAsync(source, asked, stay, ct);
        VisitWrites visit;
        using (VisitTrace.Begin("save"))
        {
            await stay.EnterAsync(ct);
            visit = await gate.SaveAsync(ct => SaveAsync(prepared, ct), ct);
        }

        var (fetch, took) = (visit.Fetch, time.GetUtcNow() - visit.Fetch.StartedAt);
        metrics.Visited(source, visit, took);
        Tell(source, visit);
        return (new VisitReport(source, fetch.Status, fetch.Failure, prepared.Result is FetchResult.NotModified, fetch.Entries, took), visit.Now);
    }

    private void Tell(Source source, VisitWrites visit)
    {
        var (fetch, entries) = (visit.Fetch, visit.Fetch.Entries);
        if (fetch.Failure is null) LogVisited(log, source.Name, fetch.Status, entries.New, entries.Changed, entries.Known, source.Url);
        else if (visit.IsPostponed) LogPostponed(log, source.Name, fetch.Failure, source.Url);
        else LogFailed(log, source.Name, fetch.Failure, fetch.Status, source.Url);
        foreach (var happened in visit.Events) LogEvent(log, source.Name, Words<SourceEventKind>.Of(happened.Kind), happened.Detail, source.Url);
    }

    private async Task<VisitWrites> SaveAsync(VisitOutcome prepared, CancellationToken ct)
    {
        await memory.SaveAsync(prepared.Result, prepared.Visit.Now, ct);
        return await articles.SaveVisitAsync(prepared.Visit, ct);
    }

    /// <summary>Everything of a visit but the saving: fetches, reads, decides and plans; nothing is written.</summary>
    public async Task<VisitOutcome> PrepareAsync(Source source, CancellationToken ct)
    {
        using var stay = slots.Begin();
        return await preparation.PrepareAsync(source, await AskAsync(source, stay, null, ct), stay, ct);
    }

    private async Task<Asked> AskAsync(Source source, VisitSlots.Stay stay, WritePass? pass, CancellationToken ct)
    {
        var startedAt = time.GetUtcNow();
        var rules = access.Of(source);
        var mode = ValidatorTrust.Ask(source, rules.UnconditionalCheck ? polling.CurrentValue.UnconditionalCheckEvery : null, startedAt);
        var request = rules.Request(
            source.Url, FetchKind.Feed, mode == RevalidationMode.Changes ? new Validators(source.ETag, source.LastModified, source.ValidatorsUrl) : null)
            with { Owner = FetchOwner.Of(source.Id), Memory = stay.Memory, MayBegin = pass is null ? null : pass.MayBegin };
        using var span = VisitTrace.Begin("fetch");
        return new Asked(mode, request, rules.Hidden(await fetcher.FetchAsync(request, ct)), startedAt);
    }

    /// <summary>Saves that a visit ended in something nobody expected.</summary>
    public Task SaveUnexpectedAsync(Source source, Exception error, CancellationToken ct) => articles.SaveVisitAsync(preparation.Unexpected(source, error), ct);

    // What stands in no text is a field of the log, for programs, and is called as those that do.
    [LoggerMessage(601, LogLevel.Information, "{Source}: {Status}, {New} new, {Changed} changed, {Known} known")]
    private static partial void LogVisited(ILogger logger, string source, int status, int New, int changed, int known, Uri Url);

    [LoggerMessage(618, LogLevel.Warning, "{Source}: {Failure}")]
    private static partial void LogFailed(ILogger logger, string source, string failure, int Status, Uri Url);

    [LoggerMessage(619, LogLevel.Information, "{Source}: put off, {Failure}")]
    private static partial void LogPostponed(ILogger logger, string source, string failure, Uri Url);

    [LoggerMessage(609, LogLevel.Warning, "{Source}: {Kind}: {Detail}")]
    private static partial void LogEvent(ILogger logger, string source, string kind, string detail, Uri Url);
}
