using Ingest.Pages.Claims.Marks;

namespace Ingest.Pages.Claims.Dates.Seen;

/// <summary>Knows the dates of tables and lists: several that follow one another at one and the same distance.</summary>
/// <param name="texts">The texts of a page, in its order.</param>
/// <param name="habits">How the page writes its dates.</param>
internal sealed class DateSeries(List<TextMark> texts, DateHabits habits)
{
    private const int Fewest = 4;
    private const int MostTexts = 12;
    private const int LongestText = 30;

    // Neighbours look at the same texts.
    private readonly bool?[] _dates = new bool?[texts.Count];

    /// <summary>Does the date stand in such a row of dates?</summary>
    public bool Holds(TextMark date)
    {
        if (date.Text.Length > LongestText) return false;
        var at = texts.BinarySearch(date, Comparer<TextMark>.Create(static (left, right) => left.Order.CompareTo(right.Order)));
        return at >= 0 && (IsRow(at, 1) || IsRow(at, -1));
    }

    private bool IsRow(int from, int step)
    {
        var (distance, last, found) = (0, texts[from].Order, 1);
        for (var at = from + step; at >= 0 && at < texts.Count && Math.Abs(at - from) <= MostTexts && found < Fewest; at += step)
        {
            if (texts[at].Order == last || !IsDate(at)) continue;
            var gap = Math.Abs(texts[at].Order - last);
            if (distance == 0) distance = gap;
            else if (gap != distance) return false;
            (last, found) = (texts[at].Order, found + 1);
        }

        return found >= Fewest;
    }

    private bool IsDate(int at) => _dates[at] ??= texts[at].Text.Length <= LongestText && VisibleDate.Find(texts[at].Text, habits) is not null;
}
