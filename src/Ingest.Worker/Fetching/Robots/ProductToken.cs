using System.Text.RegularExpressions;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>The names under which publishers address us in robots.txt, X-Robots-Tag and robots meta elements.</summary>
internal static partial class ProductToken
{
    private const string Own = "IngestWorker";

    // Our name in earlier versions, of which parsers of robots.txt read the part before the dot. Whoever wrote rules for it still means us.
    private const string Former = "Ingest.Worker";

    /// <summary>The names of whoever sends this User-Agent: its first word up to the slash, and for our own the former one too.</summary>
    public static string[] Of(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        var token = userAgent.Split(' ', '/')[0];
        return token.Equals(Own, StringComparison.OrdinalIgnoreCase) ? [token, Former] : [token];
    }

    /// <summary>
    /// Whether a User-Agent begins with a token that robots.txt can name (RFC 9309, section 2.2.1: letters, "-" and "_"), with a version or not, in printable
    /// ASCII.
    /// </summary>
    public static bool Begins(string userAgent) => Form().IsMatch(userAgent);

    [GeneratedRegex("^[A-Za-z_-]+(?:/[A-Za-z0-9!#$%&'*+.^_`|~-]+)?(?: [ -~]*)?\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Form();
}
