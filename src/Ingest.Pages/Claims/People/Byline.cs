using System.Buffers;
using System.Collections.Frozen;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.People;

/// <summary>Takes the names out of a line such as "By Jane Doe and Richard Roe | 5 March 2024".</summary>
internal static class Byline
{
    private const int LongestName = 60;
    private const int LongestLine = 2_000;

    private static readonly SearchValues<char> RestMarks = SearchValues.Create("0123456789|｜");

    // "— By Jane Doe", "| By Jane Doe". Quotation marks and brackets begin other things.
    private const string BeforeLead = " \t\r\n\u00A0-–—/|»>•·*~";

    private static readonly FrozenSet<string> FirstWords = Language.Words(LanguageKey.ByFirstWords).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Begins(string text) => BylinePatterns.Lead.IsMatch(text);

    /// <summary>Does the line announce who wrote the text, and not who took the picture or whose the news is?</summary>
    public static bool NamesTheWriter(string text) => BylinePatterns.Writer.IsMatch(text);

    /// <summary>A cheap look at the first word, for every text of a page.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(BeforeLead);
        var end = 0;
        while (end < text.Length && end < 20 && char.IsLetter(text[end])) end++;
        return end is > 0 and < 20 && FirstWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..end]);
    }

    /// <summary>Is this, with a colon behind it, what stands before a writer's name: "Interview", "Text"?</summary>
    public static bool IsSignature(string text) =>
        text.Trim() is var label && BylinePatterns.Signature.Match(label + ":") is { Success: true } match && match.Length > label.Length;

    /// <summary>Is this all announcement and no name: "By", "Autor:"?</summary>
    public static bool IsLead(string line) => line.Length < 30 && BylinePatterns.Lead.Match(line + " ") is { Success: true } lead && lead.Length >= line.Length;

    /// <summary>The names of a free text that begins as bylines do: full names, or any after an unmistakable announcement.</summary>
    public static IReadOnlyList<string> NamesInText(string line)
    {
        if (!Begins(line)) return [];
        var isExplicit = BylinePatterns.Explicit.IsMatch(line);
        return [.. Names(line).Where(name => IsPerson(name) || (isExplicit && !name.Contains(' ', StringComparison.Ordinal)))];
    }

    /// <summary>The name in "6 November 2023 13:30 by Jane".</summary>
    public static IReadOnlyList<string> NamesAfterDate(string line) =>
        line.Length < 80 && BylinePatterns.AfterDate.Match(line) is { Success: true } lead && line[(lead.Index + lead.Length)..] is var name && IsName(name)
            && !char.IsLower(name[0]) && name.Count(static c => c == ' ') < 4 && !name.Any(char.IsAsciiDigit)
            ? [name.Trim()]
            : [];

    /// <summary>The names in the line; empty when it holds none.</summary>
    public static IReadOnlyList<string> Names(string line)
    {
        var text = line[..Math.Min(line.Length, LongestLine)];
        if (BylinePatterns.Lead.Match(text) is { Success: true } lead) text = text[lead.Length..];
        else text = text[NameList.AfterInnerLead(text)..];
        if (EastAsianNames.IsIn(text)) return [.. EastAsianNames.Of(WithoutRest(text)).Where(IsName)];
        var names = NameList.Of(text).Select(static name => Once(NameList.Bare(name))).Where(IsName).Take(20).ToList();
        if (names.Count < 2 || !IsPerson(names[0])) return names;
        // What follows a full name and is none is the person's role, and what follows a house is its town.
        var house = names.FindIndex(1, IsInstitution);
        return [.. names.Take(house < 0 ? names.Count : house).Where(IsPerson)];
    }

    private static string WithoutRest(string text) => text.AsSpan().IndexOfAny(RestMarks) is >= 0 and var end ? text[..end] : text;

    // An image's text repeats the name beside it.
    private static string Once(string name) =>
        name.Length > 4 && name.Length % 2 == 1 && name[name.Length / 2] == ' '
            && name.AsSpan(0, name.Length / 2).SequenceEqual(name.AsSpan((name.Length / 2) + 1))
            ? name[..(name.Length / 2)]
            : name;

    /// <summary>Does the line say no more than who wrote it?</summary>
    public static bool IsOnly(string line, IReadOnlyList<string> names) =>
        BylinePatterns.Lead.Match(line) is { Success: true } lead && line.Length - lead.Length <= names.Sum(static name => name.Length + 5);

    /// <summary>Is this the name of an account and not of a person: "jane.doe", "j_doe", "jdoe"?</summary>
    public static bool IsHandle(string name) => char.IsAsciiLetterLower(name[0]) && !name.Contains(' ', StringComparison.Ordinal) && !name.Any(char.IsUpper);

    /// <summary>The names of a line that says unmistakably whose text it is, as pages do below their articles: "Text: Jane Doe".</summary>
    public static IReadOnlyList<string> NamesInSignature(string line) =>
        BylinePatterns.Signature.IsMatch(line) || BylinePatterns.Explicit.IsMatch(line) ? NamesInText(line) : [];

    /// <summary>Does the name speak of a house and not of a person?</summary>
    public static bool IsInstitution(string name) => BylinePatterns.Institution.IsMatch(name);

    /// <summary>A full name that begins with a capital and has no word of a house or a role.</summary>
    public static bool IsSurelyAPerson(string name) => IsPerson(name) && !char.IsLower(name[0]) && !IsInstitution(name) && !HasRole(name);

    /// <summary>Does the name say what somebody does: "Staff Writer"?</summary>
    public static bool HasRole(string name) => BylinePatterns.Role.IsMatch(name);

    public static bool IsName(string text) =>
        text.Length is > 1 and <= LongestName && text[0] != '(' && text.IndexOf('©', 1) < 0 && text.Any(char.IsLetter) && text.Count(static c => c == ' ') <= 6
            && text.AsSpan().IndexOfAny("@=") < 0 && !text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("://", StringComparison.Ordinal) && !BylinePatterns.NoNames.Contains(text) && !BylinePatterns.ListOf.IsMatch(text)
            && !(BylinePatterns.Lead.Match(text + " ") is { Success: true } lead && lead.Length > text.Length);

    /// <summary>
    /// Two to six words, each with a capital (where the script has them) or one of the small words that names have; or one that is a name in a script that does
    /// not part words.
    /// </summary>
    public static bool IsPerson(string text)
    {
        if (EastAsianNames.IsIn(text)) return EastAsianNames.IsFull(text);
        var words = text.Split(' ');
        return words.Length is >= 2 and <= 6 && IsName(text)
            && words.All(static word => word.Length > 0 && (!char.IsLower(word[0]) || BylinePatterns.Particles.Contains(word))) && !char.IsLower(words[^1][0]);
    }
}
