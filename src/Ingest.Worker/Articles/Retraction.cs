using System.Text.RegularExpressions;
using Ingest.Text.Languages;

namespace Ingest.Worker.Articles;

/// <summary>Tells from what a publisher writes that an article is withdrawn.</summary>
internal static partial class Retraction
{
    private static readonly Regex Mark = WordPattern.Of($@"^\s*[\[(【]?\s*{WordPattern.Any(LanguageKey.Retracted)}\s*([\])】]|:|\s[-–—]\s)");

    /// <summary>How the title says so; null when it does not. A notice or a report about a retraction has no such mark.</summary>
    public static string? OfTitle(string title) =>
        Mark.Match(title) is { Success: true } mark ? $"the title is marked \"{mark.Value.Trim(' ', ':', '-', '–', '—')}\"" : null;

    /// <summary>How schema.org's creativeWorkStatus says so; null when it does not.</summary>
    public static string? OfStatus(string? status) => status is not null && Status().IsMatch(status) ? $"the page states the status \"{status.Trim()}\"" : null;

    [GeneratedRegex(
        @"(^|[/#:])\s*(retracted|withdrawn|retraction)\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Status();
}
