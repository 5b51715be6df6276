using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Fetching.Network;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>One request and its answer. Everything a network can do wrong comes back as a value; cancellation by the caller passes through.</summary>
internal sealed class HttpExchange(HttpStack stack, FetchingOptions options, TimeProvider time)
{
    // Enough to recognise a challenge page; an error's body is of no other use.
    private const int ErrorBodyBytes = 64 << 10;

    // RFC 9309, section 2.5: at least 500 KiB must be parsed; the rest may be ignored.
    private const int RobotsBytes = 500 << 10;

    /// <summary>Sends and reads within the attempt's time.</summary>
    /// <param name="outgoing">What to send.</param>
    /// <param name="attempt">Its time and memory.</param>
    public async Task<Exchange> SendAsync(OutgoingRequest outgoing, Attempt attempt)
    {
        ArgumentNullException.ThrowIfNull(outgoing);
        var status = 0;
        try
        {
            using var request = outgoing.ToMessage();
            using var response = await stack.SendAsync(request, attempt.Token);
            status = (int)response.StatusCode;
            return await ReadAsync(outgoing.Kind, response, attempt);
        }
        catch (OperationCanceledException e) when (!attempt.Caller.IsCancellationRequested)
        {
            return Faults.OfTimeout(attempt.Token.IsCancellationRequested, status, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            attempt.Caller.ThrowIfCancellationRequested();
            return attempt.Token.IsCancellationRequested ? Faults.OfTimeout(attemptEnded: true, status, e) : Faults.Of(e, status, options);
        }
    }

    private async Task<Exchange> ReadAsync(FetchKind kind, HttpResponseMessage response, Attempt attempt)
    {
        var head = AnswerHead.Of(response);
        if (RedirectRules.IsRedirect(head.Status) || head.Status is 304 or 204 or 205)
            return new Exchange.Answer(head, []);
        await using var wire = await response.Content.ReadAsStreamAsync(attempt.Token);
        var isError = head.Status >= 400;
        var unpackGzip = kind is FetchKind.Feed && !isError;
        var outcome = await BodyReader.ReadAsync(wire, DeclaredBytes(head), head.List("Content-Encoding"), Limits(kind, isError), unpackGzip, attempt.TakeAsync, attempt.Token);
        return outcome switch
        {
            BodyOutcome.Whole whole => new Exchange.Answer(head, whole.Bytes) { WireBytes = whole.WireBytes },
            BodyOutcome.Refused when isError => new Exchange.Answer(head, []) { WireBytes = outcome.WireBytes },
            BodyOutcome.Refused refused => new Exchange.Fault(KindOf(refused.Cause), refused.Cause, refused.Reason, head.Status) { WireBytes = refused.WireBytes, NotBefore = Freshness.FreshUntil(head, time.GetUtcNow()) },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static FailureKind KindOf(FailureCause cause) => cause is FailureCause.BadEncoding ? FailureKind.Server : FailureKind.Permanent;

    private static long? DeclaredBytes(AnswerHead head) =>
        long.TryParse(head.First("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null;

    private BodyLimits Limits(FetchKind kind, bool isError) => kind switch
    {
        _ when isError => new(ErrorBodyBytes, options.MaxInflation, Truncate: true),
        FetchKind.Robots => new(RobotsBytes, options.MaxInflation, Truncate: true),
        FetchKind.Page => new(options.MaxPageBytes, options.MaxInflation),
        _ => new(options.MaxFeedBytes, options.MaxInflation),
    };
}
