using Ingest.Text.Dates.Calendars;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Dates.Zones;

namespace Ingest.Text.Dates;

/// <summary>The two notations that nearly every feed uses, without allocating: RFC 822 with a four-digit year and RFC 3339. Null for anything else.</summary>
internal static class RfcDate
{
    public static StatedDate? Read(ReadOnlySpan<char> text) =>
        char.IsAsciiDigit(text[0]) && text.Length >= 20 && text[4] == '-' ? ReadRfc3339(text) : ReadRfc822(text);

    private static StatedDate? ReadRfc3339(ReadOnlySpan<char> text)
    {
        if (text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':') return null;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || !Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)) return null;
        var rest = text[19..];
        var fraction = 0L;
        if (rest[0] == '.') rest = rest[ClockText.Fraction(rest, out fraction)..];
        if (rest.IsEmpty || ZoneNames.Offset(rest) is not { } offset) return null;
        return new DateParts
        {
            Year = year,
            Month = month,
            Day = day,
            Time = DateParts.TimeOf(hour, minute, second, fraction),
            Zone = StatedZone.Of(offset),
        } is { Time: not null } parts
            ? parts.Build(CalendarSigns.None) : null;
    }

    private static StatedDate? ReadRfc822(ReadOnlySpan<char> text)
    {
        if (text.Length > 5 && text[3] == ',' && text[4] == ' ') text = text[5..];
        var dayDigits = text.Length > 2 && text[1] == ' ' ? 1 : 2;
        if (text.Length < dayDigits + 18 || !Number(text[..dayDigits], out var day)) return null;
        text = text[dayDigits..];
        if (text[0] != ' ' || text[4] != ' ' || text[9] != ' ' || text[12] != ':') return null;
        if (!Number(text[5..9], out var year) || !Number(text[10..12], out var hour) || !Number(text[13..15], out var minute)) return null;
        var month = Month(text[1..4]);
        if (month == 0) return null;
        text = text[15..];
        var second = 0;
        if (text is [':', _, _, ..])
        {
            if (!Number(text[1..3], out second)) return null;
            text = text[3..];
        }

        if (text.IsEmpty || text[0] != ' ' || ZoneNames.Offset(text[1..]) is not { } offset || DateParts.TimeOf(hour, minute, second, 0) is not { } time)
            return null;
        return new DateParts { Year = year, Month = month, Day = day, Time = time, Zone = StatedZone.Of(offset) }.Build(CalendarSigns.None);
    }

    private static int Month(ReadOnlySpan<char> name) => name switch
    {
        "Jan" => 1, "Feb" => 2, "Mar" => 3, "Apr" => 4, "May" => 5, "Jun" => 6,
        "Jul" => 7, "Aug" => 8, "Sep" => 9, "Oct" => 10, "Nov" => 11, "Dec" => 12,
        _ => 0,
    };

    private static bool Number(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
