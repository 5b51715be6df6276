using System.Globalization;
using Ingest.Text.Dates;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Reads the day that a URL carries: <c>/2024/03/05/</c>, <c>/2024-03-05-</c>, <c>/20240305/</c>, <c>/2024/mar/05/</c>, <c>/05-03-2024</c>.</summary>
internal static class UrlDate
{
    private const int EarliestYear = 1995;

    /// <summary>The day in the path, else in the query.</summary>
    public static DateOnly? Read(Uri url, bool monthFirst) => Read(url.AbsolutePath, monthFirst) ?? Read(url.Query, monthFirst);

    /// <summary>The first full day in the text; null when there is none. Three numbers must be joined by one and the same separator.</summary>
    public static DateOnly? Read(string text, bool monthFirst)
    {
        for (var at = 0; at + 8 <= text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || (at > 0 && char.IsAsciiDigit(text[at - 1]))) continue;
            var length = DigitRun(text, at);
            if (length == 8 && Compact(text.AsSpan(at, 8)) is { } compact) return compact;
            if (length == 4 && YearFirst(text, at) is { } day) return day;
            if (length == 2 && YearLast(text, at, monthFirst) is { } lastYear) return lastYear;
        }

        return null;
    }

    private static DateOnly? Compact(ReadOnlySpan<char> digits) => Day(Number(digits[..4]), Number(digits[4..6]), Number(digits[6..]));

    private static DateOnly? YearFirst(string text, int start)
    {
        var at = start + 4;
        if (at >= text.Length || text[at] is not ('/' or '-' or '_' or '.')) return null;
        var separator = text[at++];
        var monthStart = at;
        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at])) at++;
        var month = Month(text.AsSpan(monthStart, at - monthStart));
        if (month == 0 || at >= text.Length || text[at] != separator) return null;
        var dayLength = DigitRun(text, ++at);
        return dayLength is 1 or 2 ? Day(Number(text.AsSpan(start, 4)), month, Number(text.AsSpan(at, dayLength))) : null;
    }

    private static DateOnly? YearLast(string text, int at, bool monthFirst)
    {
        if (at + 10 > text.Length || text[at + 2] is not ('-' or '_' or '.') || text[at + 5] != text[at + 2]) return null;
        if (DigitRun(text, at + 3) != 2 || DigitRun(text, at + 6) != 4) return null;
        var (first, second, year) = (Number(text.AsSpan(at, 2)), Number(text.AsSpan(at + 3, 2)), Number(text.AsSpan(at + 6, 4)));
        return second > 12 || (monthFirst && first <= 12) ? Day(year, first, second) : Day(year, second, first);
    }

    private static int Month(ReadOnlySpan<char> text) => text.Length switch
    {
        1 or 2 when !text.ContainsAnyExceptInRange('0', '9') => Number(text),
        >= 3 and <= 10 when !text.ContainsAnyInRange('0', '9') => MonthNames.Find(text),
        _ => 0,
    };

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= EarliestYear and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day)
            : null;

    private static int DigitRun(string text, int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at - start;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
