using System.Xml.Linq;
using Ingest.Feeds.Markup;
using Ingest.Text;
using Ingest.Text.Dates;

namespace Ingest.Feeds.Entries;

/// <summary>Reads the dates of one document: one 13/04/2024 in it proves that its 12/04/2024 is of April too.</summary>
/// <param name="others">The texts of all its dates; asked only when a date leaves open which of its numbers is the month.</param>
internal sealed class FeedDates(Func<IEnumerable<string>> others)
{
    private static readonly string[] AttributesOfDates = ["datetime", "content", "value"];

    // By what stands between the numbers: 01/05/2024 of one program says nothing of 05.01.2024.
    private readonly Dictionary<char, NumericOrder?> _orders = [];

    /// <summary>The text of an element that holds a date, with the markup in it; the date that an attribute states where it has none.</summary>
    public static string TextOf(XElement element)
    {
        if (element.HasElements) return ElementText.Text(element) ?? "";
        if (!element.HasAttributes || !element.Value.AsSpan().IsWhiteSpace()) return element.Value;
        return AttributesOfDates.Select(name => element.Attribute(name)?.Value).FirstOrDefault(static value => !string.IsNullOrWhiteSpace(value)) ?? "";
    }

    /// <summary>The stated date; null when there is none.</summary>
    public StatedDate? Read(string? text)
    {
        if (text is null || !MayBeNumeric(text) || LenientDate.Order(text) is not (NumericOrder.Uncertain, var separator)) return LenientDate.Read(text);
        if (!_orders.TryGetValue(separator, out var order)) _orders.Add(separator, order = Proven(separator));
        return LenientDate.Read(text, order);
    }

    // Documents that prove both orders were put together from several, and prove none.
    private NumericOrder? Proven(char separator)
    {
        var (dayFirst, monthFirst) = (false, false);
        foreach (var text in others())
        {
            if (!MayBeNumeric(text)) continue;
            var (order, joint) = LenientDate.Order(text);
            if (joint != separator) continue;
            dayFirst |= order == NumericOrder.DayFirst;
            monthFirst |= order == NumericOrder.MonthFirst;
        }

        return dayFirst == monthFirst ? null : dayFirst ? NumericOrder.DayFirst : NumericOrder.MonthFirst;
    }

    // Two short numbers joined, before anything is parsed: nearly no feed has them.
    private static bool MayBeNumeric(string text)
    {
        for (int at = 0, digits = 0, joined = 0; at < text.Length; at++)
        {
            if (char.IsAsciiDigit(text[at])) digits++;
            else if (digits is 1 or 2 && text[at] is '/' or '.' or '-')
            {
                if (++joined == 2) return true;
                digits = 0;
            }
            else (digits, joined) = (0, 0);
        }

        return false;
    }
}
