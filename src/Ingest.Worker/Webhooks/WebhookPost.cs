using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Webhooks;

/// <summary>How a receiver took a message.</summary>
internal abstract record PostOutcome
{
    private PostOutcome()
    {
    }

    internal sealed record Delivered : PostOutcome;

    /// <summary>It wants nothing any more (410).</summary>
    internal sealed record Disabled : PostOutcome;

    /// <summary>It was not taken.</summary>
    /// <param name="Reason">In words.</param>
    /// <param name="IsRefusal">The receiver finds fault with this message: others may fare better.</param>
    /// <param name="After">How long it asks to be left alone; null where it does not say.</param>
    internal sealed record Failed(string Reason, bool IsRefusal = false, TimeSpan? After = null) : PostOutcome;
}

/// <summary>
/// Posts messages, by the connections of fetching and under its rules: no private addresses but those that are allowed, its proxy, no redirects.
/// </summary>
internal sealed class WebhookPost(HttpStack stack, IOptions<FetchingOptions> options, TimeProvider time)
{
    // As Standard Webhooks advises: a receiver takes a message first, and works on it then.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly int[] NotTheMessages = [401, 403, 404, 405, 407, 408, 409, 421, 423, 425, 429, 451];

    public async Task<PostOutcome> SendAsync(Uri url, WebhookMessage message, WebhookSecret secret, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), patience, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            using var request = Request(url, message, secret);
            using var response = await stack.SendAsync(request, HttpRoute.Usual, patience.Token);
            return Judge(response);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new PostOutcome.Failed($"no answer within {Patience.Seconds.ToString(CultureInfo.InvariantCulture)} s");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            ct.ThrowIfCancellationRequested();
            return new PostOutcome.Failed(Words(error));
        }
    }

    private HttpRequestMessage Request(Uri url, WebhookMessage message, WebhookSecret secret)
    {
        var at = time.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower, Content = new ByteArrayContent(message.Payload),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", options.Value.UserAgent);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("webhook-id", message.Id);
        request.Headers.TryAddWithoutValidation("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", secret.Sign(message.Id, at, message.Payload));
        return request;
    }

    private PostOutcome Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var code = status.ToString(CultureInfo.InvariantCulture);
        if (status is >= 200 and < 300) return new PostOutcome.Delivered();
        if (status == 410) return new PostOutcome.Disabled();
        if (status is >= 300 and < 400) return new PostOutcome.Failed($"the receiver answered {code}: redirects are not followed");
        var after = response.Headers.RetryAfter is { } asked ? asked.Delta ?? asked.Date - time.GetUtcNow() : null;
        return new PostOutcome.Failed(
            $"the receiver answered {code}", IsRefusal: status is >= 400 and < 500 && !NotTheMessages.Contains(status), after);
    }

    private static string Words(Exception error)
    {
        for (var inner = error; inner is not null; inner = inner.InnerException!)
            if (inner is AddressRefusedException) return $"{inner.Message} (Ingest:Fetching:AllowedNetworks)";
        return error.GetBaseException().Message;
    }
}
