using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Text.Dates.Tokens;

namespace Ingest.Text.Dates;

/// <summary>ISO 8601 dates, extended and basic, complete and partial, with the slips feeds make: blanks around T, named zones, slashes.</summary>
internal static partial class IsoDate
{
    // Every quantifier is bounded and the alternatives are told apart by their next character: linear without backtracking of note.
    [GeneratedRegex(@"^(?<y>\d{4})(?:(?<s>[-/.])(?<m>\d{1,2})(?:\k<s>(?<d>\d{1,2}))?|-?W(?<w>\d\d)(?:-?(?<wd>[1-7]))?|-(?<o>\d{3})|(?<m>\d\d)(?<d>\d\d)|"
        + @"(?<o>\d{3}))?(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Calendar();

    public static StatedDate? Read(string text)
    {
        var match = Calendar().Match(text);
        if (!match.Success || Day(match) is not { } day) return null;
        var parts = new DateParts { Year = day.Year, Month = day.Month, Day = day.Day };
        var rest = text.AsSpan(match.Length).TrimStart();
        if (rest.IsEmpty) return parts.Build();
        if (!match.Groups["d"].Success && !match.Groups["o"].Success && !match.Groups["wd"].Success) return null;
        if (rest[0] is 'T' or 't' or '_' or ',' or ':') rest = rest[1..].TrimStart();
        var length = ClockText.Iso(rest, out var time);
        if (length == 0) return WithWordedTime(parts, rest);
        parts.Time = time;
        return WithZone(parts, rest[length..].Trim());
    }

    private static StatedDate? WithZone(DateParts parts, ReadOnlySpan<char> zone)
    {
        if (zone.IsEmpty) return parts.Build();
        var half = WordedDate.HalfDay(zone, out var length);
        if (half != HalfDays.None)
        {
            parts.Time = WordedDate.Shift(parts.Time!.Value, half);
            if (parts.Time is null) return null;
            zone = zone[length..].TrimStart();
        }

        // A zone nobody knows is no reason to lose the time of day; it stays unstated.
        parts.Offset = ZoneNames.Offset(WithoutBlanks(zone));
        return parts.Build();
    }

    // "2004-05-25 오후 11:23:17" and the like: the worded reader knows half days and trailing words.
    private static StatedDate? WithWordedTime(DateParts parts, ReadOnlySpan<char> rest)
    {
        if (!rest.ContainsAnyInRange('0', '9')) return null;
        return WordedDate.Read(string.Create(CultureInfo.InvariantCulture, $"{parts.Year:0000}/{parts.Month}/{parts.Day} {rest}"));
    }

    private static ReadOnlySpan<char> WithoutBlanks(ReadOnlySpan<char> text) =>
        text.Contains(' ') ? text.ToString().Replace(" ", "", StringComparison.Ordinal) : text;

    private static DateOnly? Day(Match match)
    {
        var year = Number(match.Groups["y"]) ?? 0;
        if (year is < 1000 or > 9998) return null;
        if (Number(match.Groups["w"]) is { } week)
        {
            if (week < 1 || week > ISOWeek.GetWeeksInYear(year)) return null;
            return DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)((Number(match.Groups["wd"]) ?? 1) % 7)));
        }

        if (Number(match.Groups["o"]) is { } ordinal)
        {
            return ordinal >= 1 && ordinal <= (DateTime.IsLeapYear(year) ? 366 : 365) ? new DateOnly(year, 1, 1).AddDays(ordinal - 1) : null;
        }

        var (month, day) = (Number(match.Groups["m"]) ?? 1, Number(match.Groups["d"]) ?? 1);
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int? Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
