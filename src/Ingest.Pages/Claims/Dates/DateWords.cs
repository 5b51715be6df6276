using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Words beside a visible date that say what the date is.</summary>
internal static class DateWords
{
    private static readonly SearchValues<string> Update = SearchValues.Create(Language.Words(LanguageKey.Updated), StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Publication = SearchValues.Create(Language.Words(LanguageKey.Published), StringComparison.OrdinalIgnoreCase);

    /// <summary>Does the text call its date a modification, and nothing else a publication?</summary>
    public static bool SpeaksOfUpdate(string text) => text.AsSpan().ContainsAny(Update) && !SpeaksOfPublication(text);

    /// <summary>Does the text call its date the publication?</summary>
    public static bool SpeaksOfPublication(string text) => text.AsSpan().ContainsAny(Publication);
}

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
