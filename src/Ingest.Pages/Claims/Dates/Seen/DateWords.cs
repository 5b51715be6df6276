using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.Dates.Seen;

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
