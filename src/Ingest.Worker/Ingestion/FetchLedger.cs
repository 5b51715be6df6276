using System.Globalization;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Robots;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion;

/// <summary>Turns the outcome of a fetch into its line of the ledger.</summary>
internal static class FetchLedger
{
    /// <summary>The entry of a fetch, with those of the fetches it took.</summary>
    public static FetchEntry Entry(FetchRequest request, FetchResult result, DateTimeOffset startedAt, NodeName node) =>
        One(request, result, startedAt, node) with { Others = [.. Others(result.Side, node)] };

    /// <summary>The entry of a fetch whose time it was; one that came before its time was not waited for.</summary>
    public static FetchEntry WaitedFor(this FetchEntry fetch, DateTimeOffset due) => due <= fetch.StartedAt ? fetch with { DueAt = due } : fetch;

    /// <summary>The entries of fetches that another one took.</summary>
    public static IEnumerable<FetchEntry> Others(IEnumerable<SideFetch> side, NodeName node) =>
        side.Select(made => One(made.Request, made.Result, made.StartedAt, node));

    /// <summary>The entry of a visit that ended in something nobody expected.</summary>
    public static FetchEntry Unexpected(Uri url, FetchKind kind, Exception error, DateTimeOffset now, NodeName node) => new()
    {
        Id = Guid.CreateVersion7(now),
        Url = url,
        Kind = kind == FetchKind.Feed ? LedgerKind.Feed : LedgerKind.Page,
        StartedAt = now,
        Duration = TimeSpan.Zero,
        Status = 0,
        Outcome = FetchOutcome.Failed,
        Cause = error.GetType().Name,
        Failure = $"unexpected: {error.GetType().Name}: {error.Message}",
        Node = node.Value,
    };

    /// <summary>The site that asked to be left alone in a fetch or on the way there; null when none did.</summary>
    public static HostHold? Hold(FetchResult result) => result switch
    {
        { HeldUntil: { } until } => new HostHold(Site.HoldOf(result.FinalUrl), until, result.Status) { Pause = result.Pause },
        _ => result.Side.Select(static made => Hold(made.Result)).FirstOrDefault(static hold => hold is not null),
    };

    // That a site has no robots.txt is an answer.
    private static FetchResult.Failed? Failure(FetchRequest request, FetchResult result) =>
        result is FetchResult.Failed failed && !(request.Kind == FetchKind.Robots && failed.Status is >= 400 and < 500 and not 429) ? failed : null;

    private static FetchEntry One(FetchRequest request, FetchResult result, DateTimeOffset startedAt, NodeName node) => new()
    {
        Id = Guid.CreateVersion7(startedAt),
        Url = request.Url,
        Kind = request.Kind switch
        {
            FetchKind.Feed => LedgerKind.Feed,
            FetchKind.Page => LedgerKind.Page,
            _ => request.Url.AbsolutePath == TdmGate.Path ? LedgerKind.Tdm : LedgerKind.Robots,
        },
        StartedAt = startedAt,
        Duration = result.Duration,
        Status = result.Status,
        Outcome = result switch
        {
            FetchResult.NotModified => FetchOutcome.NotModified,
            _ => Failure(request, result) is null ? FetchOutcome.Fetched : FetchOutcome.Failed,
        },
        Cause = Failure(request, result)?.Cause.ToString(),
        Failure = Failure(request, result)?.Reason,
        Bytes = result.WireBytes,
        Attempts = result.Attempts,
        Conditional = result.Conditional,
        FinalUrl = result.FinalUrl,
        Redirects = [.. result.Redirects.Select(static hop => string.Create(CultureInfo.InvariantCulture, $"{hop.Status} {hop.To.AbsoluteUri}"))],
        OptOuts = OptOutsOf(result as FetchResult.Fetched),
        TdmPolicy = (result as FetchResult.Fetched)?.TdmPolicy,
        Node = node.Value,
    };

    private static IReadOnlyList<string> OptOutsOf(FetchResult.Fetched? fetched) =>
        fetched is null or { OptOuts: OptOuts.None }
            ? []
            : [.. OptOutNames.Where(name => fetched.OptOuts.HasFlag(name.OptOut)).Select(static name => name.Name)];

    private static readonly (OptOuts OptOut, string Name)[] OptOutNames =
        [
            (OptOuts.NoIndex, "noindex"), (OptOuts.NoArchive, "noarchive"), (OptOuts.NoSnippet, "nosnippet"), (OptOuts.NoAi, "noai"),
            (OptOuts.TdmReserved, "tdm-reserved"),
        ];
}
