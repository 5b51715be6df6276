using System.Text;
using Ingest.Worker.Text;

namespace Ingest.Worker.Identity;

/// <summary>
/// The form of a URL that decides whether two links are the same article: scheme, "www.", default port, fragment, tracking parameters and
/// the spelling of percent-encoding are folded. The published URL is kept beside it, never replaced by it.
/// </summary>
internal static class CanonicalUrl
{
    // Parameters that say where the reader came from, not what is read. Names are compared without case; "_*" families by prefix.
    private static readonly string[] TrackingPrefixes = ["utm_", "mtm_", "hsa_", "oly_", "vero_", "_hs", "at_"];

    private static readonly HashSet<string> TrackingNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid", "ttclid", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok",
        "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid", "cmpid", "cmp", "ito", "ns_mchannel", "ns_source", "ns_campaign", "ns_linkname", "ns_fee", "ocid", "xtor", "wt_mc", "wt.mc_id", "wtmc",
        "ref_src", "ref_url", "spm", "smid", "s_cid", "ncid", "partner", "ftcamp", "guccounter", "guce_referrer", "guce_referrer_sig", "srnd", "traffic_source",
    };

    /// <summary>Parses an article link; null when it is not absolute http(s) with a host that the name system could know.</summary>
    public static Uri? Parse(string? link) =>
        Uri.TryCreate(link?.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && DatedArticleText.HasHost(uri)
            ? uri
            : null;

    /// <summary>The URL as the database and the dated-article text show it: as published when it can stand in a record's header, else percent-encoded.</summary>
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
        var folded = new StringBuilder(host, host.Length + url.AbsoluteUri.Length);
        if (url.Port is not (80 or 443)) folded.Append(':').Append(url.Port);
        AppendUnescaped(folded, url.AbsolutePath.TrimEnd('/'));
        AppendQuery(folded, url.Query);

        // "#!" fragments of single-page sites name the page itself.
        if (url.Fragment.StartsWith("#!", StringComparison.Ordinal)) AppendUnescaped(folded, url.Fragment);
        return folded.ToString();
    }

    private static void AppendQuery(StringBuilder folded, string query)
    {
        var separator = '?';
        foreach (var parameter in (query.Length == 0 ? query : query[1..]).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var start = folded.Length;
            AppendUnescaped(folded.Append(separator), parameter);
            if (IsTracking(folded.ToString(start + 1, folded.Length - start - 1).Split('=', 2)[0])) folded.Length = start;
            else separator = '&';
        }
    }

    private static bool IsTracking(string name) =>
        TrackingNames.Contains(name) || TrackingPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    // RFC 3986 section 6.2.2: the case of escapes does not matter, and escaped unreserved characters equal themselves.
    private static void AppendUnescaped(StringBuilder folded, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && Uri.IsHexDigit(text[i + 1]) && Uri.IsHexDigit(text[i + 2]))
            {
                var value = (char)((Uri.FromHex(text[i + 1]) << 4) | Uri.FromHex(text[i + 2]));
                if (char.IsAsciiLetterOrDigit(value) || value is '-' or '.' or '_' or '~') folded.Append(value);
                else folded.Append('%').Append(char.ToUpperInvariant(text[i + 1])).Append(char.ToUpperInvariant(text[i + 2]));
                i += 2;
            }
            else
            {
                folded.Append(text[i]);
            }
        }
    }
}
