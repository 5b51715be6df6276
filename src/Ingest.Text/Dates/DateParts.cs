using System.Runtime.InteropServices;

namespace Ingest.Text.Dates;

/// <summary>The numbers of a date as stated, checked and put together by <see cref="Build"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DateParts
{
    private const int EarliestYear = 1000;
    private static readonly TimeSpan FurthestZone = TimeSpan.FromHours(14);

    public int Year { get; set; }

    public int Month { get; set; }

    public int Day { get; set; }

    /// <summary>Since midnight, up to 24:00:60; null when only a day was stated.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>Null when no zone was stated.</summary>
    public TimeSpan? Offset { get; set; }

    /// <summary>Two and three digit years as RFC 2822 (section 4.3) reads them.</summary>
    public static int FullYear(int year, int digits) => digits switch
    {
        2 => year < 50 ? year + 2000 : year + 1900,
        3 => year + 1900,
        _ => year,
    };

    /// <summary>A time of day; 24:00 and leap seconds allowed; null when there is no such time.</summary>
    public static TimeSpan? TimeOf(int hour, int minute, int second, long fractionTicks)
    {
        var isEndOfDay = hour == 24 && minute == 0 && second == 0 && fractionTicks == 0;
        if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0) return null;
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(fractionTicks);
    }

    /// <summary>The date, or null when the calendar has no such day.</summary>
    public readonly StatedDate? Build()
    {
        if (Year is < EarliestYear or > 9998 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month)) return null;
        var day = new DateOnly(Year, Month, Day);
        if (Time is not { } time) return StatedDate.OfDay(day);
        var offset = Offset ?? TimeSpan.Zero;
        var local = day.ToDateTime(TimeOnly.MinValue) + time;

        // No clock on earth is further off, but the moment is what the publisher stated.
        if (offset.Duration() > FurthestZone) return new StatedDate(day, new DateTimeOffset(local - offset, TimeSpan.Zero), true);
        return StatedDate.OfMoment(new DateTimeOffset(local, offset), Offset is not null);
    }
}
