using System.Globalization;

namespace Ingest.Worker.Fetching.Answers;

/// <summary>What the door needs to know of a URL.</summary>
internal static class WebUrl
{
    public static bool IsWeb(Uri url) => url is { IsAbsoluteUri: true } && url.Scheme is "http" or "https" && url.IdnHost.Length > 0;

    public static bool IsSecure(Uri url) => url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Without fragment, which is never sent, and user info, which would be a secret in a log.</summary>
    public static Uri Bare(Uri url) => !url.IsAbsoluteUri || (url.Fragment.Length == 0 && url.UserInfo.Length == 0)
        ? url
        : new UriBuilder(url) { Fragment = "", UserName = "", Password = "" }.Uri;

    /// <summary>Host, with the port where it is not the scheme's own: the unit of politeness.</summary>
    public static string HostKey(Uri url) => url.IsDefaultPort ? url.IdnHost : string.Create(CultureInfo.InvariantCulture, $"{url.IdnHost}:{url.Port}");

    /// <summary>Whether a source's own headers and credentials may go from one URL to the other: same host, and not in clear after https.</summary>
    public static bool SameParty(Uri asked, Uri hop) =>
        string.Equals(asked.IdnHost, hop.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (hop.Port == asked.Port || (asked.IsDefaultPort && hop.IsDefaultPort))
        && (IsSecure(hop) || !IsSecure(asked));
}
