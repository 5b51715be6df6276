using System.Globalization;

namespace Ingest.Text.Dates.Calendars;

/// <summary>The calendar of Iran and Afghanistan.</summary>
internal static class SolarHijri
{
    private static readonly PersianCalendar Calendar = new();

    /// <summary>Is this a year of that calendar in which there was a web?</summary>
    public static bool IsYear(int year) => year is >= 1375 and < 1430;

    /// <summary>The day; null when the calendar has no such day.</summary>
    public static DateOnly? Day(int year, int month, int day) =>
        IsYear(year) && month is >= 1 and <= 12 && day >= 1 && day <= Calendar.GetDaysInMonth(year, month)
            ? DateOnly.FromDateTime(Calendar.ToDateTime(year, month, day, 0, 0, 0, 0))
            : null;
}
