namespace Ingest.Pages.Claims.Dates.Seen;

/// <summary>Gives each of the days of one line the words that say what it is.</summary>
internal static class DateLabels
{
    /// <summary>"Published 4 March 2024, updated 5 March 2024", or the words behind each: "4 March 2024 (published) 5 March 2024 (updated)".</summary>
    public static IReadOnlyList<(bool IsUpdate, string Label)> Of(IReadOnlyList<FoundDay> days)
    {
        var labels = days.Select(static day => day.Before).ToList();
        if (!labels[0].Any(char.IsLetter) && Speaks(days[^1].Rest)) labels = [.. labels.Skip(1), days[^1].Rest];
        return [.. labels.Select(static label => (DateWords.SpeaksOfUpdate(label), label))];
    }

    private static bool Speaks(string text) => DateWords.SpeaksOfUpdate(text) || DateWords.SpeaksOfPublication(text);
}
