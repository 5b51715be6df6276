using System.Globalization;
using Ingest.Text.Dates;

namespace Ingest.Pages.Claims.Dates;

/// <summary>The day that a URL carries.</summary>
/// <param name="Day">The day.</param>
/// <param name="IsOwn">
/// Whether it is a part of the path, or several, of its own, as publishing systems make them of the day of publication. What a slug begins with may as well be
/// the day that the text is about.
/// </param>
/// <param name="IsBare">Whether it is eight digits that nothing parts: they may as well be a number of the article's.</param>
internal sealed record UrlDate(DateOnly Day, bool IsOwn, bool IsBare = false)
{
    private const int EarliestYear = 1995;
    private const int MostParts = 40;
    private const int LongestExtension = 5;

    /// <summary>
    /// <c>/2024/03/05/</c>, <c>/2024-03-05/</c>, <c>/20240305/</c>, <c>/2024/mar/05/</c>, <c>/2024-03/05/</c>, <c>/2024/0305/</c>, <c>/05-03-2024</c>; else a
    /// day at the beginning of a part or a value of the query. A day in the middle of a slug, or among the digits of a number, is none.
    /// </summary>
    public static UrlDate? Read(Uri url, bool monthFirst)
    {
        var parts = url.AbsolutePath.Split('/', MostParts, StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < parts.Length; at++)
        {
            var part = WithoutExtension(parts[at]);
            if (InPart(part, monthFirst) is { } whole) return new UrlDate(whole, true, part.Length == 8 && DigitRun(part, 0) == 8);
            if (OverParts(parts.AsSpan(at)) is { } joined) return new UrlDate(joined, true);
        }

        return parts.Concat(url.Query.Split(['?', '&', '='], MostParts)).Select(part => AtStart(part, monthFirst)).FirstOrDefault(static day => day is not null)
            is { } begun ? new UrlDate(begun, false) : null;
    }

    private static DateOnly? OverParts(ReadOnlySpan<string> parts) => parts switch
    {
        [{ Length: 4 } year, { } month, { } day, ..] when Number(year) is { } y && Month(month) is > 0 and var m && Start(day) is { } d => Date(y, m, d),
        [{ Length: 4 } year, { } rest, ..] when Number(year) is { } y => MonthAndDay(y, WithoutExtension(rest)),
        [{ Length: 6 } begin, { Length: 2 } day, ..] when Number(begin) is { } b && Number(day) is { } d => Date(b / 100, b % 100, d),
        [{ Length: 7 } begin, { Length: 2 } day, ..] when begin[4] is '-' or '_' && Number(begin[..4]) is { } y && Number(begin[5..]) is { } m
            && Number(day) is { } d => Date(y, m, d),
        _ => null,
    };

    // 0305, 03-05
    private static DateOnly? MonthAndDay(int year, string text) => text.Length switch
    {
        4 when Number(text) is { } number => Date(year, number / 100, number % 100),
        5 when text[2] is '-' or '_' && Number(text[..2]) is { } month && Number(text[3..]) is { } day => Date(year, month, day),
        _ => null,
    };

    private static DateOnly? InPart(string text, bool monthFirst) => Beginning(text, monthFirst) is var (day, length) && length == text.Length ? day : null;

    // "2024-03-05-story", "20240305_1234", "t20240305_1234", "~05-03-2024-story".
    private static DateOnly? AtStart(string part, bool monthFirst)
    {
        var text = part.Length > 1 && !char.IsAsciiDigit(part[0]) && char.IsAsciiDigit(part[1]) ? part[1..] : part;
        return Beginning(text, monthFirst) is var (day, length) && (length == text.Length || !char.IsAsciiDigit(text[length])) ? day : null;
    }

    private static (DateOnly Day, int Length)? Beginning(string text, bool monthFirst)
    {
        var digits = DigitRun(text, 0);
        if (digits == 8) return Date(Number(text[..4])!.Value, Number(text[4..6])!.Value, Number(text[6..8])!.Value) is { } compact ? (compact, 8) : null;
        if (digits is not (1 or 2 or 4) || digits >= text.Length || text[digits] is not ('-' or '_' or '.')) return null;
        var second = digits + 1;
        while (second < text.Length && char.IsAsciiLetterOrDigit(text[second])) second++;
        if (second >= text.Length || text[second] != text[digits]) return null;
        var end = second + 1 + DigitRun(text, second + 1);
        var middle = Month(text[(digits + 1)..second]);
        if (Number(text[..digits]) is not { } first || Number(text[(second + 1)..end]) is not { } third || middle == 0) return null;
        if (digits == 4) return end - second is 2 or 3 && Date(first, middle, third) is { } day ? (day, end) : null;
        return end - second == 5 && YearLast(first, middle, third, monthFirst) is { } lastYear ? (lastYear, end) : null;
    }

    private static DateOnly? YearLast(int first, int second, int year, bool monthFirst) =>
        second > 12 || (monthFirst && first <= 12) ? Date(year, first, second) : Date(year, second, first);

    private static int Month(string text) => text.Length switch
    {
        1 or 2 => Number(text) ?? 0,
        >= 3 and <= 10 when !text.AsSpan().ContainsAnyInRange('0', '9') => MonthNames.Find(text),
        _ => 0,
    };

    // "05", "05.html", "05-story"
    private static int? Start(string part) =>
        DigitRun(part, 0) is (1 or 2) and var length && (length == part.Length || part[length] is '-' or '_' or '.') ? Number(part[..length]) : null;

    private static string WithoutExtension(string part)
    {
        var dot = part.LastIndexOf('.');
        return dot > 0 && part.Length - dot - 1 is > 0 and <= LongestExtension && char.IsAsciiLetter(part[^1]) ? part[..dot] : part;
    }

    private static DateOnly? Date(int year, int month, int day) =>
        year is >= EarliestYear and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int DigitRun(string text, int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private static int? Number(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
