using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Fetching.Robots;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching;

/// <summary>Fetches one URL: conditionally, politely, within bounds. What the web does wrong is a <see cref="FetchResult.Failed"/>, never an exception.</summary>
internal sealed partial class WebFetcher(
    HostLanes lanes, HostPace pace, RobotsGate robots, FetchMetrics metrics, IOptions<FetchingOptions> options, TimeProvider time, ILogger<WebFetcher> logger)
{
    private readonly FetchingOptions options = options.Value;
    private readonly string userAgent = UserAgentOf(options.Value);

    /// <summary>Fetches, following redirects and retrying what is transient; asks robots.txt first where the options say so.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; no other exception is expected.</exception>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        var trip = new FetchTrip(request, new FetchBudget(options.TotalTimeout, time), options, time);
        var result = WebUrl.IsWeb(request.Url)
            ? await FollowAsync(trip, ct)
            : trip.Failed(new(FailureKind.Permanent, FailureCause.BadUrl, "Not an absolute http or https URL."));
        metrics.Record(request.Kind, result);
        LogEnded(request.Kind, result.FinalUrl, result.Status, (result as FetchResult.Failed)?.Cause, result.Attempts, result.WireBytes, result.Duration.TotalMilliseconds);
        return result;
    }

    private async Task<FetchResult> FollowAsync(FetchTrip trip, CancellationToken ct)
    {
        while (true)
        {
            if (AsksRobots(trip.Request.Kind) && await robots.CheckAsync(trip.Url, FetchRobotsAsync, ct) is { } disallowed)
                return trip.Failed(disallowed);
            var (outgoing, unprepared) = await PrepareAsync(trip, ct);
            if (unprepared is not null)
                return trip.Failed(unprepared);
            trip.Conditional = outgoing!.IsConditional;
            var exchange = await lanes.SendAsync(outgoing, trip.Url, trip.Budget, ct);
            if (exchange is Exchange.Fault fault)
                return trip.Failed(fault);
            var answer = (Exchange.Answer)exchange;
            if (!RedirectRules.IsRedirect(answer.Head.Status))
                return HeldBack(trip.Ended(answer));
            var (next, refusal) = RedirectRules.Follow(trip.Url, answer.Head, trip.Redirects, options.MaxRedirects, options.AllowHttpsToHttp);
            if (refusal is not null)
                return trip.Failed(refusal);
            trip.Redirect(answer.Head.Status, next!);
        }
    }

    private async Task<(OutgoingRequest? Outgoing, Exchange.Fault? Fault)> PrepareAsync(FetchTrip trip, CancellationToken ct)
    {
        var request = trip.Request;
        var ours = WebUrl.SameParty(request.Url, trip.Url);
        string? authorization = null;
        if (ours && request.Credential is { } credential)
        {
            (authorization, var missing) = await Secrets.AuthorizeAsync(credential, ct);
            if (missing is not null)
                return (null, new(FailureKind.Permanent, FailureCause.SecretMissing, $"The secret at {missing} is missing or unreadable; give env:NAME or file:/path."));
        }

        var validators = request.Validators is { Url: { } owner } && owner != trip.Url ? null : request.Validators;
        return (new OutgoingRequest(trip.Url, request.Kind, userAgent, validators, ours ? request.Headers : null, authorization), null);
    }

    // A host that pushes back is left alone longer with each time, whether it said how long or not.
    private FetchResult HeldBack(FetchResult result) =>
        result.Status is 429 or 503 && pace.NextTurn(result.FinalUrl) is var turn && !(turn < result.NotBefore) ? result with { NotBefore = turn } : result;

    private bool AsksRobots(FetchKind kind) => kind switch
    {
        FetchKind.Page => options.RobotsForPages,
        FetchKind.Feed => options.RobotsForFeeds,
        _ => false,
    };

    private Task<FetchResult> FetchRobotsAsync(Uri url, CancellationToken ct) => FetchAsync(new FetchRequest(url, FetchKind.Robots, null), ct);

    private static string UserAgentOf(FetchingOptions options) =>
        string.IsNullOrEmpty(options.ContactUrl) ? options.UserAgent : $"{options.UserAgent} (+{options.ContactUrl})";

    [LoggerMessage(200, LogLevel.Debug, "{Kind} {Url}: {Status} {Cause}, {Attempts} requests, {WireBytes} bytes, {Milliseconds} ms")]
    private partial void LogEnded(FetchKind kind, Uri url, int status, FailureCause? cause, int attempts, long wireBytes, double milliseconds);
}
