using System.Globalization;

namespace Ingest.Text.Dates;

/// <summary>Numbers that stand for a moment: Unix seconds, milliseconds, microseconds, and YYYYMMDDhhmm[ss].</summary>
internal static class EpochDate
{
    public static StatedDate? Read(string text)
    {
        var whole = text.AsSpan();
        var point = whole.IndexOf('.');
        if (point > 0 && !whole[(point + 1)..].ContainsAnyExceptInRange('0', '9')) whole = whole[..point];
        if (whole.Length < 9 || whole.ContainsAnyExceptInRange('0', '9')
            || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        return whole.Length switch
        {
            12 => Compact(text.AsSpan(), seconds: false),
            14 => Compact(text.AsSpan(), seconds: true),
            9 or 10 => Moment(number * TimeSpan.TicksPerSecond),
            13 => Moment(number * TimeSpan.TicksPerMillisecond),
            16 => Moment(number * TimeSpan.TicksPerMicrosecond),
            _ => null,
        };
    }

    // An epoch number is UTC by definition.
    private static StatedDate Moment(long ticks) => StatedDate.OfMoment(DateTimeOffset.UnixEpoch.AddTicks(ticks), zoneStated: true);

    private static StatedDate? Compact(ReadOnlySpan<char> text, bool seconds)
    {
        static int At(ReadOnlySpan<char> text, int from, int length) => int.Parse(text.Slice(from, length), NumberStyles.None, CultureInfo.InvariantCulture);
        return DateParts.TimeOf(At(text, 8, 2), At(text, 10, 2), seconds ? At(text, 12, 2) : 0, 0) is { } time
            ? new DateParts { Year = At(text, 0, 4), Month = At(text, 4, 2), Day = At(text, 6, 2), Time = time }.Build()
            : null;
    }
}
