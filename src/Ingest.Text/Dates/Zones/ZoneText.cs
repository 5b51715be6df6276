using System.Buffers;

namespace Ingest.Text.Dates.Zones;

/// <summary>Reads the zone that a text begins with: an offset, a name, or both, of which the offset counts.</summary>
internal static class ZoneText
{
    // Nobody is further ahead (Line Islands), and what is further is a year.
    private const int MostHoursWithoutSign = 14;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789:");

    /// <summary>Is the whole text a zone?</summary>
    public static bool Is(ReadOnlySpan<char> text) => Read(text, false, out var length) is not null && length == text.Length;

    /// <summary>Reads the zone behind a time of day.</summary>
    /// <param name="text">What stands behind the time.</param>
    /// <param name="mayLackSign">Whether <c>02:00</c> is +02:00, as where an address was decoded in which the plus meant a space.</param>
    /// <param name="length">The characters that state the zone.</param>
    public static StatedZone? Read(ReadOnlySpan<char> text, bool mayLackSign, out int length)
    {
        if (Offset(text, mayLackSign, out length) is { } offset)
        {
            if (Name(text[length..].TrimStart(), out var nameLength) is not null) length += text[length..].IndexOfAnyExcept(' ') + nameLength;
            return StatedZone.Of(offset);
        }

        if (Name(text, out length) is not { } name) return null;

        // "GMT +0200": the number is the more precise.
        var spaces = text[length..].Length - text[length..].TrimStart().Length;
        if (Offset(text[(length + spaces)..], mayLackSign && name.Standard == TimeSpan.Zero, out var more) is not { } precise) return name;
        length += spaces + more;
        return StatedZone.Of(precise);
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> text, bool mayLackSign, out int length)
    {
        length = 0;
        if (text.IsEmpty) return null;
        var isSigned = text[0] is '+' or '-';
        if (!isSigned && !mayLackSign) return null;
        var from = isSigned ? 1 : 0;
        while (isSigned && from < text.Length && text[from] == ' ') from++;
        var digits = text[from..].IndexOfAnyExcept(OfNumbers) is >= 0 and var end ? text.Slice(from, end) : text[from..];
        var isFull = digits.Length is 4 or 5 && (digits.Length == 4 || digits[2] == ':');
        if (digits.IsEmpty || (from != 1 && !isFull)) return null;
        if (ZoneNames.Numeric(string.Concat(text[0] == '-' ? "-" : "+", digits)) is not { } offset) return null;
        if (!isSigned && (offset.TotalHours > MostHoursWithoutSign || offset.Minutes % 15 != 0)) return null;
        length = from + digits.Length;
        return offset;
    }

    private static StatedZone? Name(ReadOnlySpan<char> text, out int length)
    {
        if (NamedZones.Read(text, out length) is { } named) return named;
        length = 0;
        while (length < text.Length && char.IsLetter(text[length])) length++;

        // "W. Europe" is no military letter.
        if (length == 0 || (length == 1 && length < text.Length && text[length] == '.')) return null;
        return ZoneNames.Named(text[..length]) is { } offset ? StatedZone.Of(offset) : null;
    }
}
