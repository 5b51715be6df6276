using System.Collections.Frozen;

namespace Ingest.Text.Dates.Zones;

/// <summary>Offsets from UTC as feeds write them: numbers, abbreviations, RFC 822's military letters.</summary>
internal static class ZoneNames
{
    // RFC 5322, section 3.3, lets an offset be anything up to 99:59.
    private static readonly TimeSpan Largest = new(99, 59, 0);

    // An abbreviation that several zones share means the one whose feeds are most: CST is Chicago, IST is India, BST is London.
    private static readonly FrozenDictionary<string, double> Hours = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["UTC"] = 0, ["GMT"] = 0, ["Z"] = 0, ["WET"] = 0, ["UCT"] = 0, ["TU"] = 0, ["ZULU"] = 0,
        ["EST"] = -5, ["EDT"] = -4, ["CST"] = -6, ["CDT"] = -5, ["MST"] = -7, ["MDT"] = -6, ["PST"] = -8, ["PDT"] = -7,
        ["AKST"] = -9, ["AKDT"] = -8, ["HST"] = -10, ["HADT"] = -9, ["HAST"] = -10, ["AST"] = -4, ["ADT"] = -3, ["NST"] = -3.5, ["NDT"] = -2.5,
        ["CET"] = 1, ["MET"] = 1, ["MEZ"] = 1, ["CEST"] = 2, ["MEST"] = 2, ["MESZ"] = 2, ["BST"] = 1, ["WEST"] = 1, ["EET"] = 2, ["EEST"] = 3, ["OEZ"] = 2,
        ["OESZ"] = 3,
        ["MSK"] = 3, ["MSD"] = 4, ["TRT"] = 3, ["SAMT"] = 4, ["YEKT"] = 5, ["NOVT"] = 7, ["KRAT"] = 7, ["VLAT"] = 10,
        ["IST"] = 5.5, ["IDT"] = 3, ["IRST"] = 3.5, ["GST"] = 4, ["PKT"] = 5, ["NPT"] = 5.75, ["BDT"] = 6, ["ICT"] = 7, ["WIB"] = 7, ["WITA"] = 8, ["WIT"] = 9,
        ["SGT"] = 8, ["HKT"] = 8, ["PHT"] = 8, ["MYT"] = 8, ["AWST"] = 8, ["JST"] = 9, ["KST"] = 9, ["ACST"] = 9.5, ["ACDT"] = 10.5, ["AEST"] = 10,
        ["AEDT"] = 11, ["NZST"] = 12, ["NZDT"] = 13,
        ["SAST"] = 2, ["CAT"] = 2, ["EAT"] = 3, ["WAT"] = 1, ["BRT"] = -3, ["BRST"] = -2, ["ART"] = -3, ["UYT"] = -3, ["CLT"] = -4, ["CLST"] = -3, ["BOT"] = -4,
        ["VET"] = -4, ["COT"] = -5, ["PET"] = -5, ["ECT"] = -5,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> HoursByName = Hours.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The offset that the whole text states: <c>Z</c>, <c>+0200</c>, <c>-05:00</c>, <c>GMT</c>, <c>EST</c>, <c>GMT+2</c>; null when it states none.
    /// </summary>
    public static TimeSpan? Offset(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 12) return null;
        if (text[0] is '+' or '-') return Numeric(text);
        var sign = text.IndexOfAny('+', '-');
        return sign < 0 ? Named(text) : sign is 2 or 3 && HoursByName.TryGetValue(text[..sign], out var zero) && zero == 0 ? Numeric(text[sign..]) : null;
    }

    /// <summary>The offset of an abbreviation or a military letter.</summary>
    public static TimeSpan? Named(ReadOnlySpan<char> name) =>
        HoursByName.TryGetValue(name, out var hours) ? TimeSpan.FromHours(hours) : name.Length == 1 ? Military(name[0]) : null;

    /// <summary>±h, ±hh, ±hmm, ±hhmm, ±hh:mm, ±hh:mm:ss; null for anything else.</summary>
    public static TimeSpan? Numeric(ReadOnlySpan<char> text)
    {
        var (digits, value) = (0, 0);
        foreach (var c in text[1..])
        {
            if (c == ':') continue;
            if (!char.IsAsciiDigit(c) || ++digits > 6) return null;
            value = (value * 10) + c - '0';
        }

        if (digits is 0 or 5) return null;
        var (hours, minutes) = digits switch { <= 2 => (value, 0), 6 => (value / 10000, value / 100 % 100), _ => (value / 100, value % 100) };
        var offset = new TimeSpan(hours, minutes, 0);
        return minutes > 59 || offset > Largest ? null : text[0] == '-' ? -offset : offset;
    }

    // RFC 822, section 5.1; its signs are the reverse of the military's, and feeds that use the letters follow the RFC. A small letter is a word's ("10:30 h").
    private static TimeSpan? Military(char letter) => letter switch
    {
        >= 'A' and <= 'I' => TimeSpan.FromHours('A' - letter - 1),
        >= 'K' and <= 'M' => TimeSpan.FromHours('A' - letter),
        >= 'N' and <= 'Y' => TimeSpan.FromHours(letter - 'N' + 1),
        _ => null,
    };
}
