using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ingest.Pages.Claims.People;
using Ingest.Text.Html;

namespace Ingest.Pages.Claims.Names;

/// <summary>Finds the authors in the data that a page hands to its tag manager or analytics: for pages that name them nowhere else.</summary>
internal static partial class ScriptAuthor
{
    private const int LongestScript = 100_000;

    // The names that tag managers and analytics give to a page's data.
    private static readonly string[] Holders = ["dataLayer", "digitalData", "utag_data", "_sf_async_config"];

    /// <summary>The first full names under a key that says author; empty when there are none.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<IElement> scripts)
    {
        foreach (var script in scripts)
        {
            var text = script.TextContent;
            if (text.Length > LongestScript || !Array.Exists(Holders, holder => text.Contains(holder, StringComparison.Ordinal))) continue;
            if (Author().Match(text) is { Success: true } match && Byline.Names(HtmlText.Line(match.Groups["names"].Value)) is { Count: > 0 } names
                && names.All(name => Byline.IsPerson(name) || (names.Count == 1 && char.IsUpper(name[0]) && name.Skip(1).All(char.IsLower))))
                return names;
        }

        return [];
    }

    [GeneratedRegex(
        @"\b(page_?|article_?|post_?){0,2}authors?(_?name)?[""']?\s*[:=]\s*(""(?<names>[^""\\]{3,120})""|'(?<names>[^'\\]{3,120})')",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Author();
}
