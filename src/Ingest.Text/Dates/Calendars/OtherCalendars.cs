namespace Ingest.Text.Dates.Calendars;

/// <summary>Converts days of years that no publisher on the web meant in the common calendar, where the text tells which calendar it was.</summary>
internal static class OtherCalendars
{
    /// <summary>The Thai calendar counts from the Buddha's death.</summary>
    public const int BuddhistYears = 543;

    private static readonly TimeSpan Bangkok = TimeSpan.FromHours(7);
    private static readonly TimeSpan Tehran = TimeSpan.FromHours(3.5);
    private static readonly TimeSpan KabulOrTehranInSummer = TimeSpan.FromHours(4.5);

    /// <summary>Years of Islamic and Buddhist calendars since there is a web.</summary>
    public static bool IsYear(int year) => year is (>= 1300 and < 1500) or (>= 2500 and < 2700);

    /// <summary>The day in the common calendar; null where it is uncertain which calendar was meant, or that has no such day.</summary>
    /// <param name="year">One that <see cref="IsYear"/> tells.</param>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">The day of the month.</param>
    /// <param name="signs">The signs in the text.</param>
    /// <param name="offset">The stated zone's.</param>
    /// <param name="weekday">The stated one.</param>
    public static DateOnly? Day(int year, int month, int day, CalendarSigns signs, TimeSpan? offset, DayOfWeek? weekday)
    {
        if (year >= 2500)
        {
            if (Buddhist(year - BuddhistYears, month, day) is not { } thai) return null;
            return signs.HasFlag(CalendarSigns.Thai) || offset == Bangkok || thai.DayOfWeek == weekday ? thai : null;
        }

        if (SolarHijri.Day(year, month, day) is not { } solar) return null;
        return signs.HasFlag(CalendarSigns.Persian) || offset == Tehran || offset == KabulOrTehranInSummer || solar.DayOfWeek == weekday ? solar : null;
    }

    private static DateOnly? Buddhist(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
