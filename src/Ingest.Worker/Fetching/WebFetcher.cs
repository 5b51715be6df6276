using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Fetching.Robots;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching;

/// <summary>
/// Fetches one URL: conditionally, politely, within bounds. What the web does wrong is a <see cref="FetchResult.Failed"/>, never an exception.
/// </summary>
internal sealed partial class WebFetcher(
    HostPipelines pipelines, HostThrottle pace, RobotsGate robots, TdmGate reservations, OwnTrouble trouble, HttpsPledges pledges, FetchMetrics metrics,
    MemoryBudget memory, IOptions<FetchingOptions> options, TimeProvider time, ILogger<WebFetcher> logger)
{
    private readonly FetchingOptions options = options.Value;
    private readonly Sender sender = Sender.Of(options.Value);
    private readonly RedirectWaits waits = new(time);

    /// <summary>Fetches, following redirects and retrying what is transient; asks robots.txt first where the options say so.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; no other exception is expected.</exception>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var own = request.Memory is null ? memory.Open() : null;
        var state = new FetchState(request, new FetchBudget(options.TotalTimeout, request, request.Memory ?? own!), options, time);
        var result = WebUrl.IsWeb(request.Url)
            ? await FollowAsync(state, ct)
            : state.Failed(new(FailureKind.Permanent, FailureCause.BadUrl, "Not an absolute http or https URL."));
        if (state.Side.Count > 0)
            result = result with { Side = state.Side };
        metrics.Record(request.Kind, result);
        trouble.Observe(result);
        LogEnded(
            request.Kind,
            result.FinalUrl,
            result.Status,
            result is FetchResult.Failed failed ? $" {failed.Cause}" : "",
            result.Attempts,
            result.WireBytes,
            result.Duration.TotalMilliseconds);
        return result;
    }

    /// <summary>The sitemaps that the robots.txt of the URL's site names, and the fetch that it took.</summary>
    public async Task<(IReadOnlyList<string> Sitemaps, IReadOnlyList<SideFetch> Side)> FindSitemapsAsync(Uri url, CancellationToken ct)
    {
        var side = new List<SideFetch>();
        return (await robots.SitemapsAsync(url, (file, kept, ct) => FetchAsideAsync(side, file, kept, null, ct), ct), side);
    }

    private async Task<FetchResult> FollowAsync(FetchState state, CancellationToken ct)
    {
        while (true)
        {
            state.KeepTo(pledges.Kept(state.Url));
            if (await RefusedAsync(state, ct) is { } refused)
                return state.Failed(refused);
            var (outgoing, unprepared) = await PrepareAsync(state, ct);
            if (unprepared is not null)
                return state.Failed(unprepared);
            state.Conditional = outgoing!.IsConditional;
            var exchange = await pipelines.SendAsync(outgoing, state.Url, state.Budget, ct);
            if (exchange is Exchange.Fault fault)
                return state.Failed(fault);
            var answer = (Exchange.Answer)exchange;
            if (!RedirectRules.IsRedirect(answer.Head.Status))
                return HeldBack(state.Ended(answer)) with { Pledge = pledges.Note(state.Url, answer.Head, state.Redirects) };
            var (next, refusal) = RedirectRules.Follow(state.Url, answer.Head, state.Redirects, options.MaxRedirects, options.AllowHttpsToHttp);
            if (refusal is not null || (refusal = await AwaitAsync(state, answer.Head, next!, ct)) is not null)
                return state.Failed(refusal);
            state.Redirect(answer.Head.Status, next!);
        }
    }

    // RFC 9110, section 10.2.3: the least time before the redirected request.
    private async Task<Exchange.Fault?> AwaitAsync(FetchState state, AnswerHead head, Uri next, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var wait = waits.Left(state.Url, next, Freshness.RetryAfter(head, now, options.MaxRetryAfter));
        if (wait > options.MaxHostWait)
        {
            var notBefore = now + wait;
            return new(
                FailureKind.Transient,
                FailureCause.HostWaits,
                string.Create(CultureInfo.InvariantCulture, $"The redirect to {next} is to be followed from {notBefore:u} on."),
                head.Status)
            {
                NotBefore = notBefore,
            };
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, ct);
        return null;
    }

    // What the site asks in files of its own, before the URL is asked for.
    private async Task<Exchange.Fault?> RefusedAsync(FetchState state, CancellationToken ct)
    {
        if (state.Request.Kind == FetchKind.Robots)
            return null;
        Task<FetchResult> Aside(Uri file, Validators? kept, CancellationToken ct) => FetchAsideAsync(state.Side, file, kept, state.Request, ct);
        if (AsksRobots(state.Request.Kind) && await robots.CheckAsync(state.Url, Aside, ct) is { } disallowed)
            return disallowed;
        if (!options.TdmFiles && !options.RespectedOptOuts.HasFlag(OptOuts.TdmReserved))
            return null;
        state.Reserved = await reservations.FindAsync(state.Url, (file, ct) => Aside(file, null, ct), ct);
        return state.Reserved is not null && options.RespectedOptOuts.HasFlag(OptOuts.TdmReserved)
            ? new(
                FailureKind.Permanent,
                FailureCause.OptedOut,
                $"The site's {TdmGate.Path} asks for {OptOuts.TdmReserved}, which Ingest:Fetching:RespectedOptOuts respects.")
            : null;
    }

    private async Task<(OutgoingRequest? Outgoing, Exchange.Fault? Fault)> PrepareAsync(FetchState state, CancellationToken ct)
    {
        var (request, isParty) = (state.Request, WebUrl.SameParty(state.Request.Url, state.Url));
        var manner = isParty ? request.Manner : request.Manner.Elsewhere;
        string? authorization = null;
        var (own, fault) = await OwnManner.ResolveAsync(manner, ct);
        var (headers, missing) = fault is null && isParty ? await Secrets.ResolveAsync(request.Headers, ct) : (null, null);
        if ((fault ??= missing) is null && isParty && request.Credential is { } credential)
            (authorization, fault) = await Secrets.AuthorizeAsync(credential, ct);
        return fault is not null ? (null, fault)
            : (new OutgoingRequest(state.Url, request.Kind, sender, ValidatorsFor(state), headers, authorization)
            {
                Route = own!.Route, Cookie = own.Cookie, UserAgent = manner.UserAgent, HttpVersion = manner.HttpVersion,
            }, null);
    }

    private static Validators? ValidatorsFor(FetchState state) =>
        state.Request.Validators is { Url: { } owner } && owner != state.Url ? null : state.Request.Validators;

    // A host that pushes back is left alone longer with each time, whether it said how long or not.
    private FetchResult HeldBack(FetchResult result)
    {
        if (result.Status is not (429 or 503))
            return pace.TakeRelief(result.FinalUrl) ? result with { EndsPause = true } : result;
        var turn = pace.NextTurn(result.FinalUrl);
        return result with
        {
            HeldUntil = turn < result.RetryAfter ? result.RetryAfter : turn,
            NotBefore = turn < result.NotBefore ? result.NotBefore : turn,
            Pause = pace.PauseOf(result.FinalUrl),
        };
    }

    private bool AsksRobots(FetchKind kind) => kind switch
    {
        FetchKind.Page => options.RobotsForPages,
        FetchKind.Feed => options.RobotsForFeeds,
        _ => false,
    };

    private async Task<FetchResult> FetchAsideAsync(List<SideFetch> side, Uri file, Validators? kept, FetchRequest? main, CancellationToken ct)
    {
        var manner = main is null ? FetchManner.Usual : WebUrl.SameParty(main.Url, file) ? main.Manner : main.Manner.Elsewhere;
        var request = new FetchRequest(file, FetchKind.Robots, kept) { Owner = main?.Owner, MayBegin = main?.MayBegin, Manner = manner };
        var startedAt = time.GetUtcNow();
        var result = await FetchAsync(request, ct);

        // Its line of the ledger needs no body.
        side.Add(new SideFetch(request, result is FetchResult.Fetched fetched ? fetched with { Body = [] } : result, startedAt));
        return result;
    }

    [LoggerMessage(200, LogLevel.Debug, "{Kind} {Url}: {Status}{Cause}, {Attempts} requests, {WireBytes} bytes, {Milliseconds} ms")]
    private partial void LogEnded(FetchKind kind, Uri url, int status, string cause, int attempts, long wireBytes, double milliseconds);
}
