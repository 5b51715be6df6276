using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Dates.Zones;

namespace Ingest.Text.Dates;

/// <summary>ISO 8601 dates, extended and basic, complete and partial, with the slips feeds make: spaces around T, named zones, slashes.</summary>
internal static partial class IsoDate
{
    // Every quantifier is bounded and the alternatives are told apart by their next character: linear without backtracking of note.
    [GeneratedRegex(@"^(?<y>\d{4})(?:(?<s>[-/.])(?<m>\d{1,2})(?:\k<s>(?<d>\d{1,2}))?|-?W(?<w>\d\d)(?:-?(?<wd>[1-7]))?|-(?<o>\d{3})|(?<m>\d\d)(?<d>\d\d)|"
        + @"(?<o>\d{3}))?(?!\d)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex Calendar();

    public static DateParts? Read(string text)
    {
        var match = Calendar().Match(text);
        if (!match.Success || Day(match) is not { } parts) return null;
        var rest = text.AsSpan(match.Length).TrimStart();
        if (rest.IsEmpty) return parts;
        if (!match.Groups["d"].Success && !match.Groups["o"].Success && !match.Groups["wd"].Success) return null;
        var isMachine = rest[0] is 'T' or 't';
        rest = BehindJoint(rest);
        var length = ClockText.Iso(rest, out var time);
        if (length == 0) return WithWordedTime(parts, rest);
        parts.Time = time;
        return WithZone(parts, rest[length..].Trim(), isMachine || time.Seconds > 0 || rest[..length].Count(':') == 2);
    }

    // "2024-01-05-05:00" is a day with a zone (XML Schema), "2024-01-05-10.30.15" and "2024-01-05 - 10:30" have a time.
    private static ReadOnlySpan<char> BehindJoint(ReadOnlySpan<char> rest)
    {
        if (rest[0] is 'T' or 't' or '_' or ',' or ':') return rest[1..].TrimStart();
        if (rest[0] != '-' || rest.Length < 2) return rest;
        return rest[1] == ' ' || ClockText.Separated(rest[1..], out _) > 0 || rest.Count(':') == 2 ? rest[1..].TrimStart() : rest;
    }

    private static DateParts? WithZone(DateParts parts, ReadOnlySpan<char> zone, bool mayLackSign)
    {
        var half = WordedDate.HalfDay(zone, out var length);
        if (half != HalfDays.None)
        {
            parts.Time = WordedDate.Shift(parts.Time!.Value, half);
            zone = zone[length..].TrimStart();
        }

        // A zone nobody knows is no reason to lose the time of day; it stays unstated. "Uhr" or "o'clock" may stand before it.
        for (var words = 0; words < 3 && !zone.IsEmpty && parts.Zone is null; words++)
        {
            parts.Zone = ZoneText.Read(zone, mayLackSign && words == 0, out _);
            zone = zone.IndexOf(' ') is > 0 and var blank ? zone[blank..].TrimStart() : [];
        }

        return parts;
    }

    // "2004-05-25 오후 11:23:17" and the like: the worded reader knows half days and trailing words.
    private static DateParts? WithWordedTime(DateParts parts, ReadOnlySpan<char> rest)
    {
        if (!rest.ContainsAnyInRange('0', '9')) return null;
        return WordedDate.Read(string.Create(CultureInfo.InvariantCulture, $"{parts.Year:0000}/{parts.Month}/{parts.Day} {rest}"), null);
    }

    private static DateParts? Day(Match match)
    {
        var year = Number(match.Groups["y"]) ?? 0;
        if (Number(match.Groups["w"]) is { } week)
        {
            if (year is < 1000 or > 9998 || week < 1 || week > ISOWeek.GetWeeksInYear(year)) return null;
            return Of(DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, (DayOfWeek)((Number(match.Groups["wd"]) ?? 1) % 7))));
        }

        if (Number(match.Groups["o"]) is { } ordinal)
        {
            return year is >= 1000 and <= 9998 && ordinal >= 1 && ordinal <= (DateTime.IsLeapYear(year) ? 366 : 365)
                ? Of(new DateOnly(year, 1, 1).AddDays(ordinal - 1))
                : null;
        }

        var (month, day) = (Number(match.Groups["m"]) ?? 1, Number(match.Groups["d"]) ?? 1);
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 ? new DateParts { Year = year, Month = month, Day = day } : null;
    }

    private static DateParts Of(DateOnly day) => new() { Year = day.Year, Month = day.Month, Day = day.Day };

    private static int? Number(Group group) => group.Success ? int.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : null;
}
