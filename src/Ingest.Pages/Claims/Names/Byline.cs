using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ingest.Pages.Claims.Marks;

namespace Ingest.Pages.Claims.Names;

/// <summary>Takes the names out of a line such as "By Jane Doe and Richard Roe | 5 March 2024".</summary>
internal static partial class Byline
{
    private const int LongestName = 60;
    private const int LongestByline = 150;
    private const int LongestLine = 2_000;

    private static bool Begins(string text) => Lead().IsMatch(text);

    /// <summary>The names in an element that is named for an author: its links to authors' pages, else what its text says.</summary>
    public static IReadOnlyList<string> Names(ElementMark mark)
    {
        var linked = mark.Element.GetElementsByTagName("a").Where(IsPersonLink)
            .Select(static link => ElementText.Line(link))
            .Where(static text => IsName(text) && !Begins(text + " ")).Distinct(StringComparer.OrdinalIgnoreCase).Take(8).ToList();
        if (linked.Count > 0 && linked.TrueForAll(static name => IsPerson(name) || !name.Contains(' ', StringComparison.Ordinal))) return linked;
        var text = ElementText.Parts(mark.Element);
        return text.Length > LongestByline ? [] : Names(text);
    }

    /// <summary>Does the link lead to an author's page?</summary>
    public static bool IsAuthorLink(string? rel, string? href) =>
        (rel is not null && rel.Contains("author", StringComparison.OrdinalIgnoreCase)) || (href is not null && href.AsSpan().ContainsAny(AuthorPaths));

    private static bool IsPersonLink(IElement link) =>
        IsAuthorLink(link.GetAttribute("rel"), link.GetAttribute("href")) || (link.GetAttribute("href") ?? "").AsSpan().ContainsAny(PersonPaths);

    private static readonly SearchValues<string> AuthorPaths = SearchValues.Create(
        ["/author/", "/authors/", "/autor/", "/autores/", "/autoren/", "/auteur/", "/auteurs/", "/contributor", "?author="],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> PersonPaths = SearchValues.Create(
        ["/profil", "/people/", "/person", "/staff/", "/writer", "/team/", "/redakt", "/author", "/autor"], StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> FirstWords =
        ("written posted published submitted created reported story text interview by gespeichert eingetragen eingestellt erstellt verfasst veröffentlicht "
            + "geschrieben ein von vom autor autorin autoren author authors auteur auteurs autore par publié por escrito publicado di scritto da "
        + "door av af kirjoittaja przez autorzy autoři szerző yazan текст автор авторы от 作者 记者 記者 編集 文 著者 责任编辑 מאת بقلم نویسنده yazar oleh penulis bởi "
        + "redakteur redaktion").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A cheap look at the first word, for every text of a page.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = 0;
        while (end < text.Length && end < 20 && char.IsLetter(text[end])) end++;
        return end is > 0 and < 20 && FirstWords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[..end]);
    }

    /// <summary>Is this all announcement and no name: "By", "Autor:"?</summary>
    public static bool IsLead(string line) => line.Length < 30 && Lead().Match(line + " ") is { Success: true } lead && lead.Length >= line.Length;

    /// <summary>The names of a free text that begins as bylines do: full names, or any after an unmistakable announcement.</summary>
    public static IReadOnlyList<string> NamesInText(string line)
    {
        if (!Lead().IsMatch(line)) return [];
        var isExplicit = Explicit().IsMatch(line);
        return [.. Names(line).Where(name => IsPerson(name) || (isExplicit && !name.Contains(' ', StringComparison.Ordinal)))];
    }

    /// <summary>The name in "6 November 2023 13:30 by Jane".</summary>
    public static IReadOnlyList<string> NamesAfterDate(string line) =>
        line.Length < 80 && AfterDate().Match(line) is { Success: true } lead && line[(lead.Index + lead.Length)..] is var name && IsName(name)
            && !char.IsLower(name[0]) && name.Count(static c => c == ' ') < 4 && !name.Any(char.IsAsciiDigit)
            ? [name.Trim()]
            : [];

    [GeneratedRegex(
        @"\d\s*(uhr|h|pm|am)?[\s,|·–-]+(von|by|par|por|door|di|av)\s+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex AfterDate();

    [GeneratedRegex(
        @"^\W*(written by|posted by|published by|submitted by|created by|(gespeichert|eingetragen|eingestellt|erstellt|verfasst|veröffentlicht|"
            + @"geschrieben) von|autor(in)?\s*:|author\s*:|escrito por|publicado por|publié par|作者|记者|記者|автор\s*:)",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Explicit();

    /// <summary>The names in the line; empty when it holds none.</summary>
    public static IReadOnlyList<string> Names(string line)
    {
        var text = line[..Math.Min(line.Length, LongestLine)];
        var lead = Lead().Match(text);
        if (lead.Success) text = text[lead.Length..];
        else if (InnerLead().Match(text) is { Success: true } inner) text = text[(inner.Index + inner.Length)..];
        var end = End().Match(text);
        if (end.Success) text = text[..end.Index];
        var names = Between().Split(text)
            .Select(static name => Once(name.Trim(' ', ',', '.', '-', '–', '—', ':', '|', '·', '•', '/', '"', '“', '”', '*', '(', '©')))
            .Where(IsName)
            .Take(20)
            .ToList();
        // What follows a full name and is none is the person's role.
        return names.Count > 1 && IsPerson(names[0]) ? [.. names.Where(IsPerson)] : names;
    }

    // An image's text repeats the name beside it.
    private static string Once(string name) =>
        name.Length > 4 && name.Length % 2 == 1 && name[name.Length / 2] == ' '
            && name.AsSpan(0, name.Length / 2).SequenceEqual(name.AsSpan((name.Length / 2) + 1))
            ? name[..(name.Length / 2)]
            : name;

    /// <summary>Is this the name of an account and not of a person: "jane.doe", "j_doe"?</summary>
    public static bool IsHandle(string name) =>
        char.IsAsciiLetterLower(name[0]) && name.AsSpan().ContainsAny('.', '_') && !name.Contains(' ', StringComparison.Ordinal) && !name.Any(char.IsUpper);

    /// <summary>The names of a line that says unmistakably whose text it is, as pages do below their articles: "Text: Jane Doe".</summary>
    public static IReadOnlyList<string> NamesInSignature(string line) => Signature().IsMatch(line) || Explicit().IsMatch(line) ? NamesInText(line) : [];

    [GeneratedRegex(
        @"^\W*(autor(in|en)?|author(s)?|auteur(s)?|autore|text(e)?|texto|testo|interview|bericht|von|by|written by|words)\s*[:：]",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Signature();

    /// <summary>Does the name speak of a house and not of a person?</summary>
    public static bool IsInstitution(string name) => Institution().IsMatch(name);

    [GeneratedRegex(
        @"universi|hochschule|institut|college|akademie|academy|redaktion|verlag|ministeri|\b(gmbh|ag|e\.\s?v|inc|ltd|llc|news|press|media|magazin|team|"
            + @"staff|desk|reports?)\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Institution();

    public static bool IsName(string text) =>
        text.Length is > 1 and <= LongestName && text[0] != '(' && text.IndexOf('©', 1) < 0 && text.Any(char.IsLetter) && text.Count(static c => c == ' ') <= 6
            && !text.Contains('@', StringComparison.Ordinal)
        && !text.Contains("://", StringComparison.Ordinal) && !NoName().IsMatch(text)
            && !(Lead().Match(text + " ") is { Success: true } lead && lead.Length > text.Length);

    /// <summary>Two to six words, each with a capital (where the script has them) or one of the small words that names have.</summary>
    public static bool IsPerson(string text)
    {
        var words = text.Split(' ');
        return words.Length is >= 2 and <= 6 && IsName(text)
            && words.All(static word => word.Length > 0 && (!char.IsLower(word[0]) || Particle().IsMatch(word))) && !char.IsLower(words[^1][0]);
    }

    [GeneratedRegex(
        @"^(de|del|della|der|den|di|da|do|dos|das|du|van|von|zu|zur|la|le|el|al|bin|ibn|ter|ten|y|e|i|af|av)$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Particle();

    [GeneratedRegex(
        @"^(null|undefined|none|name|author|authors|autor|autoren|by|von|written|publiziert|veröffentlicht|published|posted|kommentar(e)?|comment(s)?|share|"
            + @"teilen|twitter|facebook|email|e-mail|mehr|more|info|kontakt|contact|about|über uns|redaktion kontaktieren|(rechts|fach)anw[aä]lt(e|in)?|"
            + @"journalist(in)?|redakteur(in)?|editor|reporter|gastautor(in)?|guest author|(alle|all|weitere|mehr|more|view|view all|view more|see all|"
            + @"read more) (artikel|beiträge|texte|autoren|articles|posts|stories|authors)( .*)?|follow|folgen)$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex NoName();

    [GeneratedRegex(
        @"^\W*(written by|posted by|published by|submitted by|created by|reported by|story by|text by|by|(gespeichert|eingetragen|eingestellt|erstellt|"
            + @"verfasst|veröffentlicht|geschrieben) von|(interview|bericht|text und fotos?)\s*:|ein (artikel|beitrag) von|von|vom|autor(in|en|es|s)?|"
            + @"author(s)?|auteur(s)?|autore|par|publié par|por|escrito por|publicado por|"
        + @"di|scritto da|da|door|av|af|kirjoittaja|przez|autorstwa|autoři|szerző|yazan|текст|автор(ы|и)?|от|автора|著者|文|作者|记者|編集|בקלם|מאת|بقلم|کاتب|"
        + @"نویسنده|yazar|oleh|penulis|bởi|tác giả|redakce|text|foto)\s*[:：]?\s+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Lead();

    [GeneratedRegex(
        @"\b(posted by|published by|written by|von|by|autor(in)?|author|par|por|door)\s*[:：]?\s+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex InnerLead();

    // A name ends at a digit, a mark that parts, or a word that says something about the person or the time. Theresa May and Marine Le Pen are whole names: a
    // month or an article needs its number.
    [GeneratedRegex(
        @"\d|[|·•»«<>()\[\]@…]| - | – | — | // |\s+(on|am|vom|published|updated|posted|veröffentlicht|publicado|for|für|senior|staff (writer|reporter|"
            + @"correspondent|editor|author|photographer)|vor|reporter|editor|correspondent|chefredakteur(in)?|redakteur(in)?|view|more posts|follow|über|"
            + @"about|schreibt|sagt|says|is|ist|twitter|facebook|email|mail|website|profil|kommentar(e)?|comments?|datum|quelle|source)\b|\s+(le|el|"
            + @"il)\s+(\p{L}+,?\s+)?\d|\s+(januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|"
            + @"july|october|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
            + @"noviembre|diciembre)\.?\s+\d",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(
        @"\s*[,;、]\s*(and|und)?\s+|\s*;\s*|\s+(and|und|et|y|e|och|og|en|&|\+)\s+",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Between();
}
