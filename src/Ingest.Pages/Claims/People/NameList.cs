using System.Text.RegularExpressions;

namespace Ingest.Pages.Claims.People;

/// <summary>Parts a list of names: "Jane Doe in Porto, Richard Roe/Ann Poe and Juan Ortega y Gasset".</summary>
internal static class NameList
{
    private static readonly char[] Marks = ['·', '•'];

    /// <summary>The names as they stand, not looked at: what is around them may be left.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var segments = text.Split(Marks);
        var end = BylinePatterns.End.Match(text);
        var first = Parts(end.Success ? text[..end.Index] : text).SelectMany(Joint).Select(static (name, at) => WithoutPlace(name, at == 0)).ToList();
        // "Jane Doe • Richard Roe": a mark may part names too, but what stands behind it is mostly something else.
        return segments.Length > 1 && end.Success && end.Index >= segments[0].TrimEnd().Length && first.TrueForAll(static name => Byline.IsPerson(Bare(name)))
            ? first.Concat(segments.Skip(1).Select(static segment => segment.Trim()).TakeWhile(IsShort).TakeWhile(IsOnlyAPerson))
            : first;
    }

    /// <summary>The name without the marks around it. "e.V.", "e. V." and "M.D." keep their last dot.</summary>
    public static string Bare(string name)
    {
        var bare = Trimmed(name);
        return bare.Length > 0 && IsAbbreviation(bare) && name.TrimEnd().EndsWith(bare + ".", StringComparison.Ordinal)
            ? bare + "."
            : bare;
    }

    // "e. V"
    private static bool IsAbbreviation(string bare) =>
        bare.AsSpan(bare.LastIndexOf(' ') + 1) is var last && (last.Contains('.') || (last.Length == 1 && bare.Length > 3 && bare[^3] == '.'));

    private static string Trimmed(string name) =>
        name.Trim(' ', ',', '.', '-', '–', '—', ':', '|', '·', '•', '/', '"', '“', '”', '*', '(', '©');

    /// <summary>
    /// Where the name begins behind an announcement that a field of names may have: 0 for "Da Wei Chen", because that word announces names only where a
    /// line begins with it.
    /// </summary>
    public static int AfterLead(string text) => BylinePatterns.InnerLead.Match(text) is { Success: true, Index: 0 } lead ? lead.Length : 0;

    /// <summary>Does a word within the text announce a name that is no part of one?</summary>
    public static bool IsAnnounced(string text) =>
        BylinePatterns.InnerLead.Match(text) is { Success: true, Index: > 0 } lead && !BylinePatterns.Particles.Contains(lead.Groups["word"].Value);

    /// <summary>Where the names begin behind an announcement within the line; 0 where there is none, or where it is part of a name: "Ann von Doe".</summary>
    public static int AfterInnerLead(string text)
    {
        if (BylinePatterns.InnerLead.Match(text) is not { Success: true } lead) return 0;
        var behind = lead.Index + lead.Length;
        if (!BylinePatterns.Particles.Contains(lead.Groups["word"].Value)) return behind;
        var before = Words(text[..lead.Index]);
        if (before.Length is 0 or > 3 || !Array.TrueForAll(before, IsCapitalized)) return behind;
        var end = BylinePatterns.Between.Match(text, behind);
        if (BylinePatterns.End.Match(text, behind) is { Success: true } mark && (!end.Success || mark.Index < end.Index)) end = mark;
        var after = Words(end.Success ? text[behind..end.Index] : text[behind..]).SkipWhile(BylinePatterns.Particles.Contains);
        return after.Count() == 1 ? 0 : behind;
    }

    private static bool IsShort(string segment) => Words(segment).Length <= 3;

    private static bool IsOnlyAPerson(string segment) =>
        Byline.IsPerson(segment) && !segment.Any(char.IsDigit) && !Byline.HasRole(segment) && !Byline.IsInstitution(segment);

    private static List<string> Parts(string text)
    {
        var parts = new List<string>();
        var from = 0;
        foreach (var between in Separators(text))
        {
            parts.Add(text[from..between.Index]);
            from = between.Index + between.Length;
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static IEnumerable<Match> Separators(string text)
    {
        var from = 0;
        for (var match = BylinePatterns.Between.Match(text); match.Success;)
        {
            var next = match.NextMatch();
            var right = text[(match.Index + match.Length)..(next.Success ? next.Index : text.Length)];
            if (!IsWithinName(Words(text[from..match.Index]), match.Groups["and"].ValueSpan, Words(right)))
            {
                yield return match;
                from = match.Index + match.Length;
            }

            match = next;
        }
    }

    // "Juan Ortega y Gasset", "Karl von und zu Muster", "Jane E Doe", "Staff and wire reports".
    // A letter that means "and" also joins surnames: another person has a full name.
    private static bool IsWithinName(string[] left, ReadOnlySpan<char> and, string[] right) =>
        and.Length > 0 && left.Length > 0 && right.Length > 0
        && ((and.Length == 1 && char.IsUpper(and[0]) && char.IsLower(left[^1][^1]))
            || (and.Length == 1 && char.IsLower(and[0]) && left.Length > 1 && right.Length == 1 && IsCapitalized(right[0]))
            || (left.Length > 1 && BylinePatterns.Particles.Contains(left[^1]))
            || (left.Length == 1 && right.Length > 1 && Array.TrueForAll(right, static word => char.IsLower(word[0]))));

    // What joins full names joins other things too.
    private static IEnumerable<string> Joint(string part)
    {
        var names = BylinePatterns.Joint.Split(part);
        return names.Length > 1 && Array.TrueForAll(names, static name => IsOnlyAPerson(WithoutPlace(Bare(name), isFirst: true))) ? names : [part];
    }

    // Behind the first name "Head of Sales in Porto" may follow.
    private static string WithoutPlace(string name, bool isFirst)
    {
        foreach (var place in BylinePatterns.Places)
        {
            if (name.IndexOf(place, StringComparison.Ordinal) is > 0 and var at && Byline.IsPerson(Bare(name[..at]))
                && (isFirst || Array.TrueForAll(Words(Bare(name[..at])), IsCapitalized)))
                return name[..at];
        }

        return name;
    }

    private static bool IsCapitalized(string word) => char.IsUpper(word[0]) && !word.Any(char.IsDigit);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
