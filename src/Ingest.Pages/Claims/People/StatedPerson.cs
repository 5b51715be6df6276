using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.People;

/// <summary>
/// Reads a field that holds names and nothing else. A full name in it is whole, whatever its words mean elsewhere: "Von Hollis", "Noor Am Karim".
/// </summary>
internal static class StatedPerson
{
    // Houses have longer names than people.
    private const int MostSpaces = 3;

    private static readonly SearchValues<char> ListMarks = SearchValues.Create(",;|/:+&");

    /// <summary>The names in the field; empty when it holds none.</summary>
    public static IReadOnlyList<string> Names(string stated)
    {
        if (StatedName.Of(stated) is not { } name || IsAddress(name)) return [];
        if (NameList.AfterLead(name) is > 0 and var lead && Byline.IsPerson(name[lead..])) name = name[lead..];
        return IsWhole(name) || IsWholeHouse(name) ? [name] : Byline.Names(name);
    }

    /// <summary>"van der Alder, Piet" → "Piet van der Alder"; null where no single comma parts a surname from given names.</summary>
    public static string? InOrder(string name)
    {
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma < 1 || name.IndexOf(',', comma + 1) >= 0) return null;
        var (surname, given) = (name[..comma].Trim(), name[(comma + 1)..].Trim());
        if (surname.Length == 0 || given.Length == 0) return null;
        return IsDegree(given) ? surname : $"{given} {surname}";
    }

    // "jane[at]doe.example" names a mailbox, "network.example/jane" a page.
    private static bool IsAddress(string name) =>
        !name.Contains(' ', StringComparison.Ordinal)
            && (name.Contains("[at]", StringComparison.OrdinalIgnoreCase) || name.Contains("(at)", StringComparison.OrdinalIgnoreCase)
                || (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && name.LastIndexOf('.', slash) is > 0 and var dot
                    && slash - dot > 2 && name[(dot + 1)..slash].All(char.IsAsciiLetterLower)));

    // "PhD", "M.D.", "Jr."
    private static bool IsDegree(string text) =>
        text.Length <= 5 && !text.Contains(' ', StringComparison.Ordinal) && (text.Contains('.', StringComparison.Ordinal) || text.Skip(1).Any(char.IsUpper))
            && text.Count(char.IsLetter) > 1 && !text.Contains('-', StringComparison.Ordinal);

    private static bool IsWhole(string name) =>
        Byline.IsPerson(name) && name.AsSpan().IndexOfAny(ListMarks) < 0 && !NameList.IsAnnounced(name) && NameList.Of(name).Count() == 1
        && (BylinePatterns.End.Match(name) is not { Success: true } end || IsPartOfName(name, end.Groups["word"].Value));

    // "Institute for Energy", "Verein für Natur e. V.", "mix1.example Redaktion": what ends a person's name is a part of a house's.
    private static bool IsWholeHouse(string name) =>
        Byline.IsInstitution(name) && name.AsSpan().IndexOfAny(ListMarks) < 0 && Byline.IsName(name) && NameList.Of(name).Count() == 1
            && BylinePatterns.End.Match(name) is { Success: true } end && (end.Groups["word"].Length > 0 || IsWithinWord(name, end.Index))
            && !(name[..end.Index] is var before && before.Count(static c => c == ' ') < MostSpaces && Byline.IsPerson(before)
                && !Byline.IsInstitution(before));

    private static bool IsWithinWord(string name, int digit) => digit > 0 && char.IsDigit(name[digit]) && char.IsLetter(name[digit - 1]);

    // "Anne vom Bruch"; "Wandering Reporter" has no role, it is a pen name.
    private static bool IsPartOfName(string name, string word) =>
        word.Length > 0
            && (BylinePatterns.Particles.Contains(word) || (name.Split(' ') is [_, var last] && last.Equals(word, StringComparison.OrdinalIgnoreCase)));
}
