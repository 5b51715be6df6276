using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Ingest.Pages.Claims.Marks.Dated;

/// <summary>The text that a script writes where it stands: <c>showDate("2024/03/05 10:30")</c>.</summary>
internal static partial class ScriptedText
{
    private const int LongestScript = 200;

    /// <summary>The text; null where the script does more than hand one short text with digits to one function.</summary>
    public static string? Of(IElement script) =>
        script.ChildNodes is { Length: 1 } only && only[0] is IText { Data: { Length: <= LongestScript } text } && Call().Match(text) is { Success: true } call
            ? call.Groups["text"].Value
            : null;

    [GeneratedRegex(
        """^\s*[\w$]+(\.[\w$]+){0,2}\(\s*("(?<text>[^"<>\\]*\d[^"<>\\]*)"|'(?<text>[^'<>\\]*\d[^'<>\\]*)')\s*\)\s*;?\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Call();
}
