namespace Ingest.Text.Dates;

/// <summary>Tells day and month apart in dates of three numbers that end in the year.</summary>
internal static class YearLast
{
    /// <summary>Puts the numbers where they belong.</summary>
    /// <param name="parts">Takes them; its weekday is a witness.</param>
    /// <param name="first">The first number.</param>
    /// <param name="second">The second number.</param>
    /// <param name="year">The year.</param>
    /// <param name="separator">What stands between them.</param>
    /// <param name="known">The order of the document's other dates, where they prove one.</param>
    public static void Put(ref DateParts parts, int first, int second, int year, char separator, NumericOrder? known)
    {
        (parts.Year, parts.Separator) = (year, separator);
        parts.Order = second > 12 ? NumericOrder.MonthFirst : first > 12 ? NumericOrder.DayFirst : ByWeekday(first, second, year, parts.Weekday);

        // Dots are continental, slashes American; dashes with the year last are day first.
        var order = parts.Order != NumericOrder.Uncertain ? parts.Order : known ?? (separator == '/' ? NumericOrder.MonthFirst : NumericOrder.DayFirst);
        (parts.Month, parts.Day) = order == NumericOrder.MonthFirst ? (first, second) : (second, first);
    }

    private static NumericOrder ByWeekday(int first, int second, int year, DayOfWeek? weekday)
    {
        if (weekday is null || first == second) return NumericOrder.Uncertain;
        var (dayFirst, monthFirst) = (IsOn(weekday.Value, year, second, first), IsOn(weekday.Value, year, first, second));
        return dayFirst == monthFirst ? NumericOrder.Uncertain : dayFirst ? NumericOrder.DayFirst : NumericOrder.MonthFirst;
    }

    private static bool IsOn(DayOfWeek weekday, int year, int month, int day) =>
        year is >= 1000 and <= 9998 && month >= 1 && day >= 1 && new DateOnly(year, month, day).DayOfWeek == weekday;
}
