using System.Text.RegularExpressions;

namespace Ingest.Feeds.Repair;

/// <summary>Finds where the feed begins behind warnings, blank lines and stray declarations.</summary>
internal static partial class DocumentStart
{
    // Bounded repetitions only: linear, so that no time limit is needed (one would fail readings on a busy machine).
    [GeneratedRegex(
        @"<(?:[A-Za-z_][\w.-]{0,30}:)?(?:rss|feed|rdf|channel|entry|urlset|sitemapindex|redirect|opml)(?=[\s>/])",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Root();

    /// <summary>The position of the root's tag; the first tag when none looks like a root.</summary>
    public static int Find(string text)
    {
        var root = Root().Match(text);
        if (root.Success) return root.Index;
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < text.Length; at = text.IndexOf('<', at + 1))
        {
            if (char.IsAsciiLetter(text[at + 1])) return at;
        }

        return text.Length;
    }

    /// <summary>True when there is more before the root than a declaration, a doctype, comments and instructions.</summary>
    public static bool HasJunk(ReadOnlySpan<char> prolog)
    {
        var rest = prolog.TrimStart('\uFEFF');
        while (!(rest = rest.TrimStart()).IsEmpty)
        {
            var end = rest.StartsWith("<?") ? rest.IndexOf("?>") + 2
                : rest.StartsWith("<!--") ? rest.IndexOf("-->") + 3
                : rest.StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase) ? DoctypeEnd(rest)
                : 0;
            if (end < 3) return true;
            rest = rest[end..];
        }

        return false;
    }

    private static int DoctypeEnd(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOf('>');
        var subset = rest.IndexOf('[');
        if (subset >= 0 && subset < end)
            end = rest.IndexOf(']') is >= 0 and var close && rest[close..].IndexOf('>') is >= 0 and var last ? close + last : rest.Length - 1;
        return end + 1;
    }
}
