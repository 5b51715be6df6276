using Ingest.Text.Dates;

namespace Ingest.Text;

/// <summary>Reads a date in any of the notations that feeds and pages use, the same on every machine, culture and day.</summary>
/// <remarks>
/// RFC 822/850/2822/3339, ISO 8601 (basic, partial, week and ordinal dates), asctime, HTTP, epoch seconds to microseconds, worded dates in many
/// languages, CJK dates. A text that states no year states no date. An ambiguous 3/4/2024 is read month first.
/// </remarks>
public static class LenientDate
{
    private const int MaxLength = 256;

    /// <summary>The stated date; null for null, nonsense, or a date without a year.</summary>
    public static StatedDate? Read(string? text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length is < 4 or > MaxLength) return null;
        if (RfcDate.Read(trimmed) is { } plain) return plain;
        var folded = DateText.Fold(trimmed);
        return EpochDate.Read(folded) ?? IsoDate.Read(folded) ?? WordedDate.Read(folded);
    }
}
