using System.Text;
using Ingest.Identity.Sites;
using Ingest.Text.Dated;
using Ingest.Text.Secrets;

namespace Ingest.Identity;

/// <summary>
/// The form of a URL that decides whether two links are the same article: scheme, "www.", default port, fragment, tracking parameters and
/// the spelling of percent-encoding are folded. The published URL is kept beside it, never replaced by it.
/// </summary>
public static class CanonicalUrl
{
    // RFC 9110, section 4.1, asks everyone to take 8,000 octets at least. Servers as they come take about as much and answer 414 to more, and what is megabytes
    // long costs seconds to parse.
    private const int Longest = 8_000;

    /// <summary>
    /// Parses an article link; null when it is not absolute http(s) with a host that the name system could know, or longer than servers have to take (8,000
    /// characters). User info, which is no part of what is published (RFC 9110, section 4.2.4), is left out.
    /// </summary>
    public static Uri? Parse(string? link) =>
        link?.Trim() is { Length: <= Longest } text
        && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && DatedArticleText.HasHost(uri)
            ? UrlSecrets.WithoutUserInfo(uri)
            : null;

    /// <summary>
    /// The URL as the database and the dated-article text show it: as published when it can stand in a record's header, else percent-encoded.
    /// </summary>
    public static string Published(Uri url)
    {
        var original = url.OriginalString.Trim();
        return DatedArticleText.IsHeaderUrl(original) ? original : url.AbsoluteUri;
    }

    /// <summary>The folded form, for comparing only.</summary>
    public static string Fold(Uri url)
    {
        var host = url.HostNameType == UriHostNameType.IPv6 ? $"[{url.IdnHost}]" : url.IdnHost.ToLowerInvariant().TrimEnd('.');
        while (host.StartsWith("www.", StringComparison.Ordinal) && host.IndexOf('.', 4) > 0) host = host[4..];
        var folded = new StringBuilder(host, host.Length + url.OriginalString.Length);
        if (url.Port is not (80 or 443)) folded.Append(':').Append(url.Port);
        AppendUnescaped(folded, WithoutSession(url.AbsolutePath).TrimEnd('/'));
        AppendQuery(folded, host, url.Query);

        // "#!" and "#/" begin the routes of single-page sites, which name the page itself.
        if (url.Fragment.StartsWith("#!", StringComparison.Ordinal) || (url.Fragment.StartsWith("#/", StringComparison.Ordinal) && url.Fragment.Length > 2))
            AppendUnescaped(folded, url.Fragment);
        return folded.ToString();
    }

    // Servlet containers write their sessions into the path: "/a;jsessionid=1F".
    private static string WithoutSession(string path) =>
        path.IndexOf(";jsessionid=", StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? path[..at] : path;

    private static void AppendQuery(StringBuilder folded, string host, string query)
    {
        var separator = '?';
        foreach (var parameter in (query.Length == 0 ? query : query[1..]).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = folded.Length;
            AppendUnescaped(folded.Append(separator), parameter);
            if (TrackingParameters.Contain(host, folded.ToString(start + 1, folded.Length - start - 1))) folded.Length = start;
            else separator = '&';
        }
    }

    // RFC 3986 section 6.2.2: the case of escapes does not matter, and escaped unreserved characters equal themselves.
    // Most escapes are spelled so already, and stay in the run of characters that is taken over at once.
    private static void AppendUnescaped(StringBuilder folded, string text)
    {
        var from = 0;
        for (var at = text.IndexOf('%'); at >= 0 && at + 2 < text.Length; at = text.IndexOf('%', at))
        {
            var (high, low) = (text[at + 1], text[at + 2]);
            if (!Uri.IsHexDigit(high) || !Uri.IsHexDigit(low))
            {
                at++;
                continue;
            }

            var value = (char)((Uri.FromHex(high) << 4) | Uri.FromHex(low));
            var isUnreserved = char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~';
            if (isUnreserved || char.IsAsciiLetterLower(high) || char.IsAsciiLetterLower(low))
            {
                folded.Append(text, from, at - from);
                if (isUnreserved) folded.Append(value);
                else folded.Append('%').Append(char.ToUpperInvariant(high)).Append(char.ToUpperInvariant(low));
                from = at + 3;
            }

            at += 3;
        }

        folded.Append(text, from, text.Length - from);
    }
}
