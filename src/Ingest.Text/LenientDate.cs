using Ingest.Text.Dates;
using Ingest.Text.Dates.Calendars;

namespace Ingest.Text;

/// <summary>Reads a date in any of the notations that feeds and pages use, the same on every machine, culture and day.</summary>
/// <remarks>
/// RFC 822/850/2822/3339, ISO 8601 (basic, partial, week and ordinal dates), asctime, HTTP, epoch seconds to microseconds, worded dates in many
/// languages, CJK dates, and markup around any of these. A text that states no year states no date. An ambiguous 3/4/2024 is read month first,
/// unless its weekday says otherwise.
/// </remarks>
public static class LenientDate
{
    private const int MaxLength = 256;
    private const int MaxMarkedLength = 4096;

    /// <summary>The stated date; null for null, nonsense, a date without a year, or the zero of a machine's clock.</summary>
    public static StatedDate? Read(string? text) => Read(text, null);

    /// <summary>The same where it is known how day and month stand in the document.</summary>
    internal static StatedDate? Read(string? text, NumericOrder? order)
    {
        var date = MarkedText.Is(text) ? Offers(text!).Select(offer => ReadPlain(offer, order)).FirstOrDefault(static offered => offered is not null)
            : ReadPlain(text, order);
        return date is null || IsZero(date) ? null : date;
    }

    /// <summary>How day and month stand in a date of three numbers, as far as it shows by itself; and what stands between the numbers.</summary>
    internal static (NumericOrder Order, char Separator) Order(string text) =>
        Offers(text).FirstOrDefault(static offer => ReadPlain(offer, null) is not null) is { } offer
        && WordedDate.Read(DateText.Fold(offer.AsSpan().Trim()), null) is { } parts
            ? (parts.Order, parts.Separator)
            : default;

    private static IEnumerable<string> Offers(string text) => !MarkedText.Is(text) ? [text] : text.Length <= MaxMarkedLength ? MarkedText.Offers(text) : [];

    private static StatedDate? ReadPlain(ReadOnlySpan<char> text, NumericOrder? order)
    {
        text = text.Trim();
        if (text.Length is < 4 or > MaxLength) return null;
        if (RfcDate.Read(text) is { } plain) return plain;
        var folded = DateText.Fold(text);
        if (EpochDate.Read(folded) is { } moment) return moment;
        var signs = CalendarSign.In(text);
        return (EpochDate.Compact(folded) ?? IsoDate.Read(folded))?.Build(signs) ?? WordedDate.Read(folded, order)?.Build(signs);
    }

    // No date at all, formatted in whatever zone, which gives a quarter of an hour; and seconds taken for milliseconds, which gives the rest of that January.
    private static bool IsZero(StatedDate date) => date.Day switch
    {
        { Year: 1970, Month: 1, Day: > 1 } => true,
        { Year: 1970, Month: 1 } or { Year: 1969, Month: 12, Day: 31 } => date.At is not { } at || at.TimeOfDay.Ticks % (15 * TimeSpan.TicksPerMinute) == 0,
        _ => false,
    };
}
