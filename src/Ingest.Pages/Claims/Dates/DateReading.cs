using Ingest.Pages.Claims.Dates.Seen;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Reads a date that a page's attribute states: machine notations first; 3/4/2024 in the order of the page's language.</summary>
internal static class DateReading
{
    private const int LongestText = 100;

    /// <summary>A cheap look: a date is short and has digits.</summary>
    public static bool MayBeDate(string text) => text.Length is >= 6 and <= LongestText && text.AsSpan().ContainsAnyInRange('0', '9');

    public static StatedDate? Read(string? text, DateHabits habits)
    {
        if (text is null || !MayBeDate(text)) return null;
        var stated = text.AsSpan().Trim();
        if (stated.Length >= 8 && stated[2] == '/' && VisibleDate.Find(text, habits) is { } day) return StatedDate.OfDay(day);
        return LenientDate.Read(text) ?? (VisibleDate.Find(text, habits) is { } found ? StatedDate.OfDay(found) : null);
    }
}
