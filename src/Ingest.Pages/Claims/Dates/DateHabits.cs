using System.Globalization;
using Ingest.Pages.Claims.Marks;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.Dates;

/// <summary>How a page writes its dates where the numbers alone do not tell.</summary>
/// <param name="MonthFirst">Is 3/4/2024 the fourth of March?</param>
/// <param name="CountsRepublic">Is 114-03-15 a day of 2025, as in Taiwan?</param>
internal readonly record struct DateHabits(bool MonthFirst, bool CountsRepublic = false)
{
    private const int LongestText = 100;

    // Domains that are a country's by name only, and countries that write the month first, or both.
    private static readonly HashSet<string> TellNothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "us", "ph", "ca", "io", "co", "tv", "me", "ai", "fm", "ly", "gg", "cc", "to", "sh", "am", "st", "vc", "ws", "la", "nu", "so", "im", "pw", "bz", "ag",
        "sc", "gl", "ms", "tk", "ml", "ga", "cf", "gq",
    };

    /// <summary>What the language and the host's country tell.</summary>
    public static DateHabits Of(string? language, Uri url)
    {
        var domain = url.Host[(url.Host.LastIndexOf('.') + 1)..];
        var isTaiwan = domain == "tw" || language is "zh-TW" or "zh-Hant" or "zh-Hant-TW";
        var region = language?.Split('-') is { Length: > 1 } parts ? parts[^1] : null;
        var monthFirst = LanguageTag.Primary(language) == "en" && (region is null or "US" or "PH") && (domain.Length != 2 || TellNothing.Contains(domain));
        return new DateHabits(monthFirst, isTaiwan);
    }

    /// <summary>The same, corrected by the dates on the page: 25/12/2024 beside 3/4/2024, or 3/4/2024 on a page of the third of April.</summary>
    public DateHabits On(PageSignals signals, IReadOnlyList<DateClaim> claims)
    {
        var (monthFirst, dayFirst) = (0, 0);
        foreach (var mark in signals.DateTexts)
        {
            if (mark.Text.Length > LongestText || NumbersIn(mark.Text) is not var (first, second, year)) continue;
            if (first > 12) dayFirst++;
            else if (second > 12) monthFirst++;
            else if (first != second)
            {
                dayFirst += Are(claims, first, second, year) ? 1 : 0;
                monthFirst += Are(claims, second, first, year) ? 1 : 0;
            }
        }

        return monthFirst == dayFirst ? this : this with { MonthFirst = monthFirst > dayFirst };
    }

    private static bool Are(IReadOnlyList<DateClaim> claims, int day, int month, int year) =>
        claims.Any(claim => claim.Date.Day.Day == day && claim.Date.Day.Month == month && claim.Date.Day.Year == year);

    // The first a/b/yyyy of the text, both no more than a day has.
    private static (int First, int Second, int Year)? NumbersIn(string text)
    {
        for (var slash = text.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = text.IndexOf('/', slash + 1))
        {
            var next = text.AsSpan(slash + 1).IndexOf('/');
            if (next is not (1 or 2)) continue;
            var start = slash;
            while (start > 0 && char.IsAsciiDigit(text[start - 1])) start--;
            var year = slash + next + 2;
            if (slash - start is 1 or 2 && (start == 0 || text[start - 1] != '/') && year + 4 <= text.Length
                && Number(text.AsSpan(start, slash - start)) is (>= 1 and <= 31) and var a && Number(text.AsSpan(slash + 1, next)) is (>= 1 and <= 31) and var b
                && Number(text.AsSpan(year, 4)) is > 0 and var y && (a <= 12 || b <= 12))
                return (a, b, y);
        }

        return null;
    }

    private static int Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
