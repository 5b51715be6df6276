using System.Xml.Linq;
using Ingest.Text.Secrets;

namespace Ingest.Feeds.Trees;

/// <summary>Cleans and resolves addresses (RFC 3986, XML Base).</summary>
internal static class Addresses
{
    private static readonly XName XmlBase = XNamespace.Xml + "base";

    /// <summary>The base in force at an element, given the base around it.</summary>
    public static Uri? BaseOf(XElement element, Uri? outer)
    {
        var stated = element.HasAttributes ? element.Attribute(XmlBase)?.Value : null;
        return Combine(outer, stated) ?? outer;
    }

    /// <summary>An absolute web address out of a stated base, itself perhaps relative to the outer one; null when it gives none.</summary>
    public static Uri? Combine(Uri? outer, string? stated)
    {
        if (string.IsNullOrWhiteSpace(stated) || stated.Length > FeedLimits.MaxLine) return null;
        var clean = Clean(stated);
        if (HasScheme(clean))
            return Uri.TryCreate(clean, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? UrlSecrets.WithoutUserInfo(absolute)
                : null;
        return outer is not null && Uri.TryCreate(outer, clean, out var resolved) ? UrlSecrets.WithoutUserInfo(resolved) : null;
    }

    /// <summary>
    /// The address, absolute where it could be resolved; null when empty or too long. An absolute address stays as published, without user info.
    /// </summary>
    public static string? Resolve(string? address, Uri? baseUrl)
    {
        var clean = Clean(address);
        if (clean.Length is 0 or > FeedLimits.MaxLine) return null;
        if (HostWithoutScheme(clean, baseUrl)) return $"{baseUrl?.Scheme ?? Uri.UriSchemeHttps}://{clean}";
        if (baseUrl is null || HasScheme(clean)) return Bare(clean);

        // RFC 3986, section 5.2.2: a query alone keeps the base's path, even an empty one, which the framework fills in.
        if (clean[0] == '?' && baseUrl.AbsolutePath == "/" && baseUrl.Query.Length == 0 && !baseUrl.OriginalString.EndsWith('/'))
            return baseUrl.GetLeftPart(UriPartial.Authority) + clean;
        return Uri.TryCreate(baseUrl, clean, out var resolved) ? UrlSecrets.WithoutUserInfo(resolved).AbsoluteUri : clean;
    }

    private static string Bare(string address) =>
        address.Contains('@', StringComparison.Ordinal) && IsWeb(address) && Uri.TryCreate(address, UriKind.Absolute, out var url) && url.UserInfo.Length > 0
            ? UrlSecrets.WithoutUserInfo(url).AbsoluteUri
            : address;

    /// <summary>True for http and https addresses.</summary>
    public static bool IsWeb(string? address) =>
        address is not null
            && (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("https://", StringComparison.OrdinalIgnoreCase));

    private static bool HasScheme(ReadOnlySpan<char> address)
    {
        var colon = address.Trim().IndexOfAny(":/?#");
        return colon > 0 && address.Trim()[colon] == ':' && char.IsAsciiLetter(address.Trim()[0]);
    }

    /// <summary>What an element that holds an address gives: the target of an anchor inside it, else its text.</summary>
    public static string? Of(XElement element) => element.HasElements
        ? element.Descendants().FirstOrDefault(static e => e.Name.LocalName.Equals("a", StringComparison.OrdinalIgnoreCase))?.Attribute("href")?.Value
            ?? element.Value
        : element.Value;

    // "www.example.org/1", and the site's own host as the beginning of a path.
    private static bool HostWithoutScheme(ReadOnlySpan<char> address, Uri? baseUrl)
    {
        var end = address.IndexOfAny("/?#");
        var host = end < 0 ? address : address[..end];
        if (host.Contains(' ')) return false;
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase)) return host[4..].Contains('.') && !host.Contains(':') && !host.EndsWith(".");
        return end > 0 && baseUrl is not null && host.Contains('.') && WithoutWww(baseUrl.Host).Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> WithoutWww(ReadOnlySpan<char> host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    private static string Clean(string? address) => address is null ? "" : AddressText.Clean(address);
}
