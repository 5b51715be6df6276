using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Signing;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>One request and its answer. Everything a network can do wrong comes back as a value; cancellation by the caller passes through.</summary>
internal sealed class HttpExchange(HttpStack stack, RequestSigner signer, FetchingOptions options, TimeProvider time)
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
            if (await signer.SignAsync(request, attempt.Token) is { } unsigned) return unsigned;
            using var response = await stack.SendAsync(request, outgoing.Route, attempt.Token);
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
        try
        {
            return await ReadAsync(kind, head, response, attempt);
        }
        catch (Exception e)
            when (head.Status is 429 or 503 && !attempt.Caller.IsCancellationRequested
                && e is HttpRequestException or IOException or OperationCanceledException)
        {
            // A host that wants to be left alone said so in the head; to ask again for the body would be the very thing it complains about.
            return new Exchange.Answer(head, []);
        }
    }

    private async Task<Exchange> ReadAsync(FetchKind kind, AnswerHead head, HttpResponseMessage response, Attempt attempt)
    {
        await using var wire = await response.Content.ReadAsStreamAsync(attempt.Token);
        var isError = head.Status >= 400;
        var unpackGzip = kind is FetchKind.Feed && !isError;
        if (!TryReadLength(head, out var declared) && !isError)
            return new Exchange.Fault(FailureKind.Server, FailureCause.ProtocolError, "The answer states two lengths.", head.Status, Retry: true);
        var outcome = await BodyReader.ReadAsync(
            wire, declared, head.List("Content-Encoding"), Limits(kind, isError), unpackGzip, attempt.TakeAsync, attempt.Token);
        return outcome switch
        {
            BodyOutcome.Whole whole => new Exchange.Answer(head, whole.Bytes) { WireBytes = whole.WireBytes },
            BodyOutcome.Refused when isError => new Exchange.Answer(head, []) { WireBytes = outcome.WireBytes },
            BodyOutcome.Refused refused => new Exchange.Fault(KindOf(refused.Cause), refused.Cause, refused.Reason, head.Status, refused.StopsShort)
            {
                WireBytes = refused.WireBytes,
                NotBefore = Freshness.FreshUntil(head, time.GetUtcNow()),
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static FailureKind KindOf(FailureCause cause) => cause is FailureCause.BadEncoding ? FailureKind.Server : FailureKind.Permanent;

    // RFC 9112, section 6.3: chunks have the last word over a length, and lengths that differ make no message.
    private static bool TryReadLength(AnswerHead head, out long? declared)
    {
        declared = null;
        if (head.Has("Transfer-Encoding"))
            return true;
        foreach (var field in head.List("Content-Length").Distinct(StringComparer.Ordinal))
        {
            if (!long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                continue;
            if (declared is { } other && other != bytes)
                return false;
            declared = bytes;
        }

        return true;
    }

    private BodyLimits Limits(FetchKind kind, bool isError) => kind switch
    {
        _ when isError => new(ErrorBodyBytes, options.MaxInflation, Truncate: true),
        FetchKind.Robots => new(RobotsBytes, options.MaxInflation, Truncate: true),
        FetchKind.Page => new(options.MaxPageBytes, options.MaxInflation),
        _ => new(options.MaxFeedBytes, options.MaxInflation),
    };
}
