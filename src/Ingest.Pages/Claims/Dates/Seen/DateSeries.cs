using Ingest.Pages.Claims.Marks;

namespace Ingest.Pages.Claims.Dates.Seen;

/// <summary>Knows the dates of tables and lists: several that follow one another at one and the same distance.</summary>
internal static class DateSeries
{
    private const int Fewest = 4;
    private const int MostTexts = 12;
    private const int LongestText = 30;

    /// <summary>Does the date stand in such a row of dates?</summary>
    public static bool Holds(List<TextMark> texts, TextMark date, DateHabits habits)
    {
        if (date.Text.Length > LongestText) return false;
        var at = texts.BinarySearch(date, Comparer<TextMark>.Create(static (left, right) => left.Order.CompareTo(right.Order)));
        return at >= 0 && (IsRow(texts, at, 1, habits) || IsRow(texts, at, -1, habits));
    }

    private static bool IsRow(List<TextMark> texts, int from, int step, DateHabits habits)
    {
        var (distance, last, found) = (0, texts[from].Order, 1);
        for (var at = from + step; at >= 0 && at < texts.Count && Math.Abs(at - from) <= MostTexts && found < Fewest; at += step)
        {
            if (texts[at].Order == last || texts[at].Text.Length > LongestText || VisibleDate.Find(texts[at].Text, habits) is null) continue;
            var gap = Math.Abs(texts[at].Order - last);
            if (distance == 0) distance = gap;
            else if (gap != distance) return false;
            (last, found) = (texts[at].Order, found + 1);
        }

        return found >= Fewest;
    }
}
