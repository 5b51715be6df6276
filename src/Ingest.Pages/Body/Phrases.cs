using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Body;

/// <summary>The phrases of boilerplate, in all languages (<c>Data/languages</c>).</summary>
internal static class Phrases
{
    /// <summary>Beginnings of lines that lead to another page.</summary>
    public static readonly PhraseStarts ReadMore = new(Language.Words(LanguageKey.ReadMore));

    /// <summary>Beginnings of lines that ask the reader to do something.</summary>
    public static readonly PhraseStarts Requests = new(Language.Words(LanguageKey.Requests));

    /// <summary>Beginnings of headings whose group is not part of the article.</summary>
    public static readonly PhraseStarts GroupHeadings = new(Language.Words(LanguageKey.ReadMore, LanguageKey.GroupHeadings));

    /// <summary>Beginnings of captions and credits.</summary>
    public static readonly PhraseStarts Credits = new([.. Language.Words(LanguageKey.Credits), "©", "ⓒ"]);

    /// <summary>Beginnings of lines of names and dates.</summary>
    public static readonly PhraseStarts Bylines = new(Language.Words(LanguageKey.LineBylines));

    /// <summary>Parts of last lines that ask the reader to follow or subscribe.</summary>
    public static readonly SearchValues<string> Calls = Anywhere(LanguageKey.Calls);

    /// <summary>Beginnings of last lines that name who else worked on the report.</summary>
    public static readonly PhraseStarts StaffNotes = new(Language.Words(LanguageKey.StaffNotes));

    /// <summary>Phrases of pages that doubt the reader is human.</summary>
    public static readonly SearchValues<string> Challenges = Anywhere(LanguageKey.Challenges);

    /// <summary>Phrases of consent walls.</summary>
    public static readonly SearchValues<string> Consent = Anywhere(LanguageKey.Consent);

    private static readonly string[] StaffNoteEnds = Language.Words(LanguageKey.StaffNoteEnds);

    private static readonly (string Start, string End)[] Around =
        [.. Language.Words(LanguageKey.GroupHeadingsAround).Select(static phrase => phrase.Split('…')).Select(static halves => (halves[0], halves[1].Trim()))];

    public static bool Contains(string text, SearchValues<string> phrases) => text.AsSpan().ContainsAny(phrases);

    /// <summary>Whether a text begins with one of the phrases, brackets and dashes before them aside.</summary>
    public static bool Begins(string text, PhraseStarts phrases) => phrases.Begin(text.AsSpan().TrimStart("([<>»›-–—*•|→► "));

    /// <summary>Whether a text heads a group that is not the article: "Related", "More great stories".</summary>
    public static bool HeadsGroup(string text) => Begins(text, GroupHeadings)
        || Array.Exists(
            Around, pair => text.StartsWith(pair.Start, StringComparison.OrdinalIgnoreCase) && text.EndsWith(pair.End, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text tells who else worked on the report; marks at its end aside.</summary>
    public static bool IsStaffNote(string text)
    {
        if (Begins(text, StaffNotes)) return true;
        var end = text.AsSpan().TrimEnd(".)] ");
        foreach (var phrase in StaffNoteEnds)
        {
            if (end.EndsWith(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static SearchValues<string> Anywhere(string key) => SearchValues.Create(Language.Words(key), StringComparison.OrdinalIgnoreCase);
}
