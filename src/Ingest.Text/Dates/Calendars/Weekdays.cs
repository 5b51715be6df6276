using System.Globalization;

namespace Ingest.Text.Dates.Calendars;

/// <summary>English weekdays, which machines write in front of a date.</summary>
internal static class Weekdays
{
    public static DayOfWeek? Find(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > 9) return null;
        for (var day = DayOfWeek.Sunday; day <= DayOfWeek.Saturday; day++)
        {
            var name = Name(day);
            if (name.AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase)) return day;
        }

        return null;
    }

    private static string Name(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day);
}
