using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Finds the publication date in the data that a page carries for its own scripts: the last resort for pages that scripts draw.</summary>
internal static partial class ScriptDate
{
    private const int LongestScript = 2_000_000;

    /// <summary>The first date whose key names a publication; null when there is none.</summary>
    public static StatedDate? Find(IEnumerable<IElement> scripts)
    {
        foreach (var script in scripts)
        {
            var text = script.TextContent;
            if (text.Length > LongestScript || !text.Contains("ubl", StringComparison.Ordinal)) continue;
            foreach (Match match in Publication().Matches(text))
            {
                if (LenientDate.Read(match.Groups["date"].Value) is { } date && date.Day.Year is > 1990 and < 2100) return date;
            }
        }

        return null;
    }

    [GeneratedRegex(
        @"\\?""[A-Za-z_]{0,24}([Pp]ublish(ed)?|[Pp]ublication|[Pp]ublished)(_?([Aa]t|[Dd]ate|[Oo]n|[Tt]ime))\\?""\s{0,4}:\s{0,4}\\?""(?<date>[^""\\]{8,40})",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Publication();
}
