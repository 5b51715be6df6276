using System.Runtime.InteropServices;
using Ingest.Text.Dates.Calendars;
using Ingest.Text.Dates.Zones;

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
    public StatedZone? Zone { get; set; }

    /// <summary>Null when none was stated in English.</summary>
    public DayOfWeek? Weekday { get; set; }

    /// <summary>What the numbers, or the weekday, prove of their order.</summary>
    public NumericOrder Order { get; set; }

    /// <summary>What stands between the numbers of a date that ends in the year.</summary>
    public char Separator { get; set; }

    /// <summary>Two and three digit years as RFC 2822 (section 4.3) reads them.</summary>
    public static int FullYear(int year, int digits) => digits switch
    {
        2 => year < 50 ? year + 2000 : year + 1900,
        3 => year + 1900,
        _ => year,
    };

    /// <summary>A time of day; leap seconds allowed; null when there is no such time.</summary>
    /// <remarks>24:00:00 is the end of the day (ISO 8601); 24:15 is what clocks show that call the first hour 24 (h24 in Unicode's locale data).</remarks>
    public static TimeSpan? TimeOf(int hour, int minute, int second, long fractionTicks)
    {
        if (hour is < 0 or > 24 || minute is < 0 or > 59 || second is < 0 or > 60) return null;
        if (hour == 24 && (minute > 0 || second > 0 || fractionTicks > 0)) hour = 0;
        return new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(fractionTicks);
    }

    /// <summary>The date, or null when the calendar has no such day, or which calendar it is of remains uncertain.</summary>
    public readonly StatedDate? Build(CalendarSigns signs)
    {
        if (CommonDay(signs) is not { } day) return null;
        if (Time is not { } time) return StatedDate.OfDay(day);
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        var offset = Zone?.OffsetAt(local) ?? TimeSpan.Zero;

        // No clock on earth is further off, but the moment is what the publisher stated.
        if (offset.Duration() > FurthestZone) return new StatedDate(day, new DateTimeOffset(local - offset, TimeSpan.Zero), true);
        return StatedDate.OfMoment(new DateTimeOffset(local, offset), Zone is not null);
    }

    private readonly DateOnly? CommonDay(CalendarSigns signs)
    {
        if (OtherCalendars.IsYear(Year)) return OtherCalendars.Day(Year, Month, Day, signs, Zone?.Standard, Weekday);
        return Year is >= EarliestYear and <= 9998 && Month is >= 1 and <= 12 && Day >= 1 && Day <= DateTime.DaysInMonth(Year, Month)
            ? new DateOnly(Year, Month, Day)
            : null;
    }
}
