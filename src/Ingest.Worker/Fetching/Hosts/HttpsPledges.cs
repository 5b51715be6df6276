using System.Collections.Concurrent;
using System.Globalization;
using Ingest.Worker.Fetching.Answers;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>A host's promise to stay with https (HSTS); one that ends when it is made takes back the one before.</summary>
internal sealed record HttpsPledge(string Host, DateTimeOffset Until);

/// <summary>
/// Hosts that led from http to https and promised to stay there (RFC 6797): they are asked over https at once, which spares a request and says nothing in
/// clear. Their word is taken for themselves alone: that a whole domain has https is a promise to browsers, and a feed that is there over http alone would be
/// lost by it.
/// </summary>
internal sealed class HttpsPledges(TimeProvider time)
{
    // Names cost nothing to make; what is forgotten is found again in the table, or by the redirect.
    private const int Most = 100_000;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    // Each answer renews the promise; not each is worth a row.
    private static readonly TimeSpan WorthTelling = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes up a promise that was kept elsewhere.</summary>
    public void Learn(string host, DateTimeOffset until)
    {
        if (hosts.Count >= Most)
            hosts.Clear();
        hosts[host] = until;
    }

    /// <summary>Where to ask: the URL over https where its host promised it, else the URL itself.</summary>
    public Uri Kept(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url is { IsDefaultPort: true } && url.Scheme == Uri.UriSchemeHttp && hosts.TryGetValue(url.IdnHost, out var until) && until > time.GetUtcNow()
            ? new UriBuilder(url) { Scheme = Uri.UriSchemeHttps, Port = -1 }.Uri
            : url;
    }

    /// <summary>Learns from an answer.</summary>
    /// <param name="answered">The URL that gave it.</param>
    /// <param name="head">Its fields.</param>
    /// <param name="followed">The redirects that led there.</param>
    /// <returns>What is to be kept; null when that is nothing new.</returns>
    public HttpsPledge? Note(Uri answered, AnswerHead head, IReadOnlyList<Redirect> followed)
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentNullException.ThrowIfNull(head);
        var host = answered.IdnHost;

        // RFC 6797, section 8.1: over https alone, never for an address, and the first field alone counts.
        if (!WebUrl.IsSecure(answered) || !answered.IsDefaultPort || answered.HostNameType != UriHostNameType.Dns
            || head.First("Strict-Transport-Security") is not { } field || MaxAge(field) is not { } age)
            return null;
        var known = hosts.TryGetValue(host, out var before);
        var ledHere = followed.Any(
            hop => hop.From is { IsDefaultPort: true, Scheme: "http" } && host.Equals(hop.From.IdnHost, StringComparison.OrdinalIgnoreCase));
        if (!known && (!ledHere || age == TimeSpan.Zero))
            return null;
        var now = time.GetUtcNow();
        var until = now + (age < Longest ? age : Longest);
        if (age == TimeSpan.Zero)
            hosts.TryRemove(host, out _);
        else if (known && (until - before).Duration() < WorthTelling)
            return null;
        else
            Learn(host, until);
        return new HttpsPledge(host, until);
    }

    // RFC 6797, section 6.1: max-age must be there, and no directive twice.
    private static TimeSpan? MaxAge(string field)
    {
        TimeSpan? age = null;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var directive in field.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = directive.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!seen.Add(parts[0]))
                return null;
            if (!parts[0].Equals("max-age", StringComparison.OrdinalIgnoreCase))
                continue;
            var digits = parts.Length == 2 ? parts[1].Trim('"') : "";
            if (digits.Length == 0 || !digits.All(char.IsAsciiDigit))
                return null;
            age = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : Longest;
        }

        return age;
    }
}
