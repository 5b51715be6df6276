using Ingest.Pages.Claims.Dates;
using Ingest.Pages.Claims.Dates.Seen;
using Ingest.Pages.Claims.People;

namespace Ingest.Pages.Claims.Names;

/// <summary>
/// Reads lines that have a name and a date side by side and nothing that announces the name: "4.2.2022 | 13:10 | Jane Doe", "Jane Doe · 5 March 2024".
/// </summary>
internal static class DatedByline
{
    private const int LongestLine = 100;

    private static readonly string[] Separators = [" | ", "|", " · ", " • ", " - ", " – ", " — ", " / "];

    /// <summary>The name; empty when a part of the line is neither a date nor a person.</summary>
    /// <param name="line">The line.</param>
    /// <param name="isTopic">Is this something that the page or its site speaks of?</param>
    public static IReadOnlyList<string> Names(string line, Func<string, bool> isTopic)
    {
        if (line.Length > LongestLine) return [];
        var parts = line.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is < 2 or > 4 || !Array.Exists(parts, static part => VisibleDate.Find(part, new DateHabits(MonthFirst: false)) is not null)) return [];
        return Array.FindAll(parts, static part => !part.Any(char.IsDigit)) is [var text] && !Byline.HasRole(text) && Byline.Names(text) is [var name]
            && PlainName.Is(name) && !isTopic(name)
            ? [name]
            : [];
    }
}
