using System.Globalization;

namespace Ingest.Text.Dates;

/// <summary>Numbers that stand for a moment: Unix seconds, milliseconds, microseconds.</summary>
internal static class EpochDate
{
    public static StatedDate? Read(string text)
    {
        var whole = Whole(text);
        return whole.Length is not (9 or 10 or 13 or 16) || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
            : Moment(number * whole.Length switch { 13 => TimeSpan.TicksPerMillisecond, 16 => TimeSpan.TicksPerMicrosecond, _ => TimeSpan.TicksPerSecond });
    }

    /// <summary>YYYYMMDDhhmm and YYYYMMDDhhmmss; a time that no clock shows leaves the day.</summary>
    public static DateParts? Compact(string text)
    {
        var digits = Whole(text).Length;
        if (digits is not (12 or 14) || text.AsSpan(0, digits).ContainsAnyExceptInRange('0', '9')) return null;
        return new DateParts
        {
            Year = At(text, 0, 4),
            Month = At(text, 4, 2),
            Day = At(text, 6, 2),
            Time = DateParts.TimeOf(At(text, 8, 2), At(text, 10, 2), digits == 14 ? At(text, 12, 2) : 0, 0),
        };
    }

    private static ReadOnlySpan<char> Whole(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return point > 0 && !text.AsSpan(point + 1).ContainsAnyExceptInRange('0', '9') ? text.AsSpan(0, point) : text;
    }

    // An epoch number is UTC by definition.
    private static StatedDate Moment(long ticks) => StatedDate.OfMoment(DateTimeOffset.UnixEpoch.AddTicks(ticks), zoneStated: true);

    private static int At(string text, int from, int length) => int.Parse(text.AsSpan(from, length), NumberStyles.None, CultureInfo.InvariantCulture);
}
