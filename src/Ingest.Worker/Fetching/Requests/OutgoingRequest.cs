using System.Net.Http;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Fetching.Network;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>A request as it will be sent; a fresh message is made for every attempt.</summary>
/// <param name="url">Where to.</param>
/// <param name="kind">Chooses Accept.</param>
/// <param name="sender">Who we are.</param>
/// <param name="validators">What makes it conditional; null for none.</param>
/// <param name="headers">The source's own headers; they may replace ours except the validators.</param>
/// <param name="authorization">The Authorization field; null for none. Never logged.</param>
internal sealed class OutgoingRequest(
    Uri url, FetchKind kind, Sender sender, Validators? validators, IReadOnlyDictionary<string, string>? headers, string? authorization)
{
    private static readonly HashSet<string> NotTheirs = new(StringComparer.OrdinalIgnoreCase)
    {
        "If-None-Match", "If-Modified-Since", "Accept-Encoding", "Host", "Cookie", "Referer", "Connection", "Transfer-Encoding", "Content-Length", "Range",
        "A-IM",
    };

    /// <summary>The connections that it may go on.</summary>
    public HttpRoute Route { get; init; } = HttpRoute.Usual;

    /// <summary>The Cookie field; null for none. Never logged.</summary>
    public string? Cookie { get; init; }

    /// <summary>The User-Agent field in place of the sender's; null for that.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The only version of HTTP that is spoken; null for what is negotiated.</summary>
    public Version? HttpVersion { get; init; }

    private readonly string? etag = EntityTag.Safe(validators?.ETag), lastModified = EntityTag.Safe(validators?.LastModified);

    /// <summary>Whether a header is ours to set, or never sent.</summary>
    public static bool IsOurs(string name) => NotTheirs.Contains(name) || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a header can carry a text: it has no control characters, and each of its letters is a byte of the wire (Latin-1).</summary>
    public static bool CanCarry(string value) => !value.Any(static letter => char.IsControl(letter) || letter > '\u00ff');

    public FetchKind Kind => kind;

    public bool IsConditional => etag is not null || lastModified is not null;

    public HttpRequestMessage ToMessage()
    {
        // HTTP/2 where TLS negotiates it; in clear that would need prior knowledge.
        var message = new HttpRequestMessage(HttpMethod.Get, url)
        {
            Version = HttpVersion ?? System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersion is null ? HttpVersionPolicy.RequestVersionOrLower : HttpVersionPolicy.RequestVersionExact,
        };
        Set(message, "User-Agent", UserAgent ?? sender.UserAgent);
        if (sender.From is { } from)
            Set(message, "From", from);
        Set(message, "Accept", Accept);
        Set(message, "Accept-Encoding", ContentCodings.Accepted);
        foreach (var (name, value) in headers ?? new Dictionary<string, string>())
        {
            if (!NotTheirs.Contains(name))
                Set(message, name, value);
        }

        if (Cookie is not null)
            Set(message, "Cookie", Cookie);
        if (etag is not null)
            Set(message, "If-None-Match", etag);

        // RFC 3229: a server that knows how sends the entries alone that are new since the tag.
        if (etag is not null && kind is FetchKind.Feed)
            Set(message, "A-IM", "feed");
        if (lastModified is not null)
            Set(message, "If-Modified-Since", lastModified);
        if (authorization is not null)
            Set(message, "Authorization", authorization);
        return message;
    }

    private string Accept => kind switch
    {
        FetchKind.Feed =>
            "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, text/xml;q=0.9, "
                + "application/json;q=0.8, text/html;q=0.5, */*;q=0.1",
        FetchKind.Page => "text/html, application/xhtml+xml, */*;q=0.1",
        _ => "text/plain, */*;q=0.1",
    };

    // Without validation: parsing would rewrite odd but meaningful values, as validators often are.
    private static void Set(HttpRequestMessage message, string name, string value)
    {
        // Not validating also means that nobody else keeps a value from holding more headers. What is no request header's name is skipped below.
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
            return;
        if (message.Headers.NonValidated.Contains(name))
            message.Headers.Remove(name);
        message.Headers.TryAddWithoutValidation(name, value);
    }
}
