using System.Net.Http;
using System.Text;

namespace Ingest.Worker.Fetching.Wire;

/// <summary>
/// Lets the HTTP handler write each request once. Over HTTP/2 it repeats by itself, on new connections and at once, what a server refuses (RFC 9113, section
/// 8.7: GOAWAY, REFUSED_STREAM); that is for the host's pipeline to do, which knows the host's pace. The handler asks for the encoding of every field as it
/// writes it, which is the one place that sees each writing, whatever the version.
/// </summary>
internal static class SentOnce
{
    // Every request has it once, and it is never a source's own.
    private const string Mark = "Accept-Encoding";

    private static readonly HttpRequestOptionsKey<int> Written = new("ingest.written");

    /// <summary>Latin-1: validators must come back byte for byte, whatever bytes they hold.</summary>
    /// <exception cref="UnansweredException">The request was written before.</exception>
    public static Encoding EncodingOf(string name, HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (name.Equals(Mark, StringComparison.OrdinalIgnoreCase))
        {
            var times = request.Options.TryGetValue(Written, out var before) ? before + 1 : 1;
            // A proxy that asks for our name (407) has not passed on what it was told first.
            if (times > (request.Headers.NonValidated.Contains("Proxy-Authorization") ? 2 : 1))
                throw new UnansweredException("the server did not take the request", mayRepeat: true);
            request.Options.Set(Written, times);
        }

        return Encoding.Latin1;
    }
}
