using System.Buffers;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Finds the publication date in the data that a page carries for its own scripts: the last resort for pages that scripts draw.</summary>
internal static partial class ScriptDate
{
    private const int LongestScript = 2_000_000;

    // Parts of all the keys, for a quick look.
    private static readonly SearchValues<string> Parts =
        SearchValues.Create(["ubl", "ubtime", "ubdate", "reatetime", "reate_time"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The first date whose key names a publication; null when there is none.</summary>
    public static StatedDate? Find(IEnumerable<IElement> scripts)
    {
        foreach (var script in scripts)
        {
            var text = script.TextContent;
            if (text.Length > LongestScript || !text.AsSpan().ContainsAny(Parts)) continue;
            foreach (Match match in Publication().Matches(text).Concat(Variable().Matches(text)))
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

    // var publishDate = "2024-03-05"; createTime = '2024-03-05 10:30'; pubtime: 1709634600
    [GeneratedRegex(
        @"\b(publish(ed)?|publication|pub|create)(_?(at|date|on|time))\b['""]?\s{0,4}[=:]\s{0,4}['""]?(?<date>\d[^'"";,\\\r\n]{7,40})",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
