using System.Buffers;

namespace Ingest.Text.Dates.Calendars;

/// <summary>What in a date's text, besides its year, tells another calendar.</summary>
[Flags]
internal enum CalendarSigns
{
    None = 0,

    /// <summary>Digits or letters of Iran and Afghanistan.</summary>
    Persian = 1,

    /// <summary>Digits or letters of Thailand.</summary>
    Thai = 2,
}

/// <summary>Finds the signs of other calendars in a text.</summary>
internal static class CalendarSign
{
    // The letters that Persian has and Arabic lacks.
    private static readonly SearchValues<char> Persian = SearchValues.Create("۰۱۲۳۴۵۶۷۸۹پچژگ");

    public static CalendarSigns In(ReadOnlySpan<char> text) =>
        (text.ContainsAny(Persian) ? CalendarSigns.Persian : CalendarSigns.None)
        | (text.ContainsAnyInRange('\u0E00', '\u0E7F') ? CalendarSigns.Thai : CalendarSigns.None);
}
