using System.Buffers;
using System.Collections.Frozen;
using Ingest.Text;
using Ingest.Text.Languages;

namespace Ingest.Pages.Body;

/// <summary>The phrases of boilerplate, in all languages (<c>Data/languages</c>).</summary>
internal static class Phrases
{
    /// <summary>Beginnings of lines that lead to another page.</summary>
    public static readonly PhraseStarts ReadMore = new(Language.Words(LanguageKey.ReadMore));

    /// <summary>Beginnings of lines that ask the reader to do something.</summary>
    public static readonly PhraseStarts Requests = new(Language.Words(LanguageKey.Requests));

    /// <summary>Beginnings of short lines that do something with the page or a picture.</summary>
    public static readonly PhraseStarts Buttons = new(Language.Words(LanguageKey.Buttons));

    /// <summary>Beginnings of headings whose group is not part of the article.</summary>
    public static readonly PhraseStarts GroupHeadings = new(Language.Words(LanguageKey.ReadMore, LanguageKey.GroupHeadings));

    /// <summary>Beginnings of captions and credits.</summary>
    public static readonly PhraseStarts Credits = new([.. Language.Words(LanguageKey.Credits), "©", "ⓒ"]);

    /// <summary>Beginnings of lines of names and dates.</summary>
    public static readonly PhraseStarts Bylines = new(Language.Words(LanguageKey.LineBylines));

    /// <summary>Parts of last lines that ask the reader to follow or subscribe.</summary>
    public static readonly SearchValues<string> Calls = Anywhere(LanguageKey.Calls);

    /// <summary>Parts of lines in which the site speaks for itself: what it earns, how to listen, to read on, to write to it.</summary>
    public static readonly SearchValues<string> SiteNotes = Anywhere(LanguageKey.SiteNotes);

    /// <summary>Parts of lines that say how long the text takes to read.</summary>
    public static readonly SearchValues<string> ReadingTimes = Anywhere(LanguageKey.ReadingTimes);

    /// <summary>Beginnings of last lines that name who else worked on the report.</summary>
    public static readonly PhraseStarts StaffNotes = new(Language.Words(LanguageKey.StaffNotes));

    /// <summary>Beginnings of lines above what a house says of itself, the name behind them.</summary>
    public static readonly PhraseStarts AboutHouses = new(Language.Words(LanguageKey.AboutHouses));

    /// <summary>Phrases of pages that doubt the reader is human.</summary>
    public static readonly SearchValues<string> Challenges = Anywhere(LanguageKey.Challenges);

    /// <summary>Phrases of consent walls.</summary>
    public static readonly SearchValues<string> Consent = Anywhere(LanguageKey.Consent);

    private static readonly SearchValues<string> Addressing = SearchValues.Create(
        [.. Language.Words(LanguageKey.Addressing).Select(static word => $" {word} ")], StringComparison.OrdinalIgnoreCase);

    // By their last letters; the longest first, as some are the ends of others.
    private static readonly FrozenDictionary<char, string[]> LinkNotes = Language.Words(LanguageKey.LinkNotes)
        .GroupBy(static note => char.ToUpperInvariant(note[^1]))
        .ToFrozenDictionary(static group => group.Key, static group => group.OrderByDescending(static note => note.Length).ToArray());

    private static readonly string[] StaffNoteEnds = Language.Words(LanguageKey.StaffNoteEnds);

    private static readonly (string Start, string End)[] Around =
        [.. Language.Words(LanguageKey.GroupHeadingsAround).Select(static phrase => phrase.Split('…')).Select(static halves => (halves[0], halves[1].Trim()))];

    public static bool Contains(string text, SearchValues<string> phrases) => text.AsSpan().ContainsAny(phrases);

    /// <summary>Whether a text begins with one of the phrases, brackets and dashes before them aside.</summary>
    public static bool Begins(string text, PhraseStarts phrases) => Beginning(text, phrases).Phrase.Length > 0;

    /// <summary>The phrase that a text begins with, brackets and dashes before it aside, and where it ends; empty when it begins with none.</summary>
    public static (string Phrase, int End) Beginning(string text, PhraseStarts phrases)
    {
        var rest = text.AsSpan().TrimStart("([<>»›-–—*•|→► ");
        var length = phrases.LongestAt(rest);
        return (rest[..length].ToString(), text.Length - rest.Length + length);
    }

    /// <summary>Whether a site speaks of itself or to its readers.</summary>
    public static bool AddressesReader(string text) => Contains($" {ComparableText.Words(text)} ", Addressing);

    /// <summary>Whether a phrase begins a sentence of a text, as requests do: "Jane is a reporter. Follow her on …"</summary>
    public static bool BeginsSentence(string text, SearchValues<string> phrases)
    {
        for (var at = text.AsSpan().IndexOfAny(phrases); at >= 0;)
        {
            var before = text.AsSpan(0, at).TrimEnd();
            if (before.IsEmpty || before[^1] is '(' or '[' or ':' or '|' or '–' or '—' or '-' or '•' or '.' or '!' or '?' or '…') return true;
            var next = text.AsSpan(at + 1).IndexOfAny(phrases);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>How surely a text heads a group that is not the article: "Related", "More great stories"; not so "Related work".</summary>
    public static GroupSign SignOfGroup(string text)
    {
        var (phrase, end) = Beginning(text, GroupHeadings);
        if (phrase.Length > 0 && text.AsSpan(end).Trim(" :.…!()0123456789→»>#").IsEmpty) return GroupSign.Whole;
        if (IsCertain(phrase)) return text[^1] == ':' ? GroupSign.Whole : GroupSign.Phrase;
        if (Array.Exists(
            Around, pair => text.StartsWith(pair.Start, StringComparison.OrdinalIgnoreCase) && text.EndsWith(pair.End, StringComparison.OrdinalIgnoreCase)))
            return GroupSign.Phrase;
        return phrase.Length > 0 ? GroupSign.Word : GroupSign.None;
    }

    /// <summary>Whether a phrase of more than a word, or one with a colon, says what the line is: nobody writes a sentence so.</summary>
    public static bool IsCertain(string phrase) => phrase.AsSpan().Trim().ContainsAny(' ', ':', '：');

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

    /// <summary>How long the end of a link is that says where the link opens, with what parts it from the rest; 0 when it says nothing of it.</summary>
    public static int LengthOfLinkNote(ReadOnlySpan<char> link)
    {
        var said = link.TrimEnd(")]. ");
        if (said.IsEmpty || !LinkNotes.TryGetValue(char.ToUpperInvariant(said[^1]), out var notes)) return 0;
        foreach (var note in notes)
        {
            if (said.EndsWith(note, StringComparison.OrdinalIgnoreCase)) return link.Length - said[..^note.Length].TrimEnd("([-–—,:;| ").Length;
        }

        return 0;
    }

    private static SearchValues<string> Anywhere(string key) => SearchValues.Create(Language.Words(key), StringComparison.OrdinalIgnoreCase);
}

/// <summary>How surely a heading is one of what is not the article.</summary>
internal enum GroupSign
{
    None,

    /// <summary>It begins with a word that such headings begin with, and goes on.</summary>
    Word,

    /// <summary>It begins with several of their words.</summary>
    Phrase,

    /// <summary>It says nothing else.</summary>
    Whole,
}
