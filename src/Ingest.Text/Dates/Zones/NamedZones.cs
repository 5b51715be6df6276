using System.Buffers;
using System.Collections.Frozen;

namespace Ingest.Text.Dates.Zones;

/// <summary>Zones by the name of a place: those of the IANA database, those of Windows, and English names (Central European Summer Time).</summary>
internal static class NamedZones
{
    private const int LongestName = 48;

    private static readonly SearchValues<char> OfIdentifiers = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/+-");
    private static readonly SearchValues<char> OfWords = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .-+");

    private static readonly FrozenSet<string> Areas = FrozenSet.ToFrozenSet(
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile", "Etc", "Europe", "Indian", "Mexico",
            "Pacific", "US"],
        StringComparer.OrdinalIgnoreCase);

    // What stands before "Time", "Standard Time", "Daylight Time" and "Summer Time", and a place that keeps it.
    private static readonly FrozenDictionary<string, string> Places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["Eastern"] = "America/New_York", ["Central"] = "America/Chicago", ["Mountain"] = "America/Denver", ["Pacific"] = "America/Los_Angeles",
        ["US Eastern"] = "America/New_York", ["US Central"] = "America/Chicago", ["US Mountain"] = "America/Denver", ["US Pacific"] = "America/Los_Angeles",
        ["Alaska"] = "America/Anchorage", ["Hawaii"] = "Pacific/Honolulu", ["Hawaii-Aleutian"] = "Pacific/Honolulu", ["Atlantic"] = "America/Halifax",
        ["Newfoundland"] = "America/St_Johns", ["Brasilia"] = "America/Sao_Paulo", ["Argentina"] = "America/Argentina/Buenos_Aires",
        ["Chile"] = "America/Santiago", ["Colombia"] = "America/Bogota", ["Peru"] = "America/Lima", ["Bolivia"] = "America/La_Paz",
        ["Greenwich Mean"] = "Etc/GMT", ["Coordinated Universal"] = "Etc/UTC", ["Universal"] = "Etc/UTC", ["British"] = "Europe/London",
        ["Western European"] = "Europe/Lisbon", ["Central European"] = "Europe/Berlin", ["Middle European"] = "Europe/Berlin",
        ["Eastern European"] = "Europe/Athens", ["Moscow"] = "Europe/Moscow", ["Turkey"] = "Europe/Istanbul", ["Israel"] = "Asia/Jerusalem",
        ["Gulf"] = "Asia/Dubai", ["Iran"] = "Asia/Tehran", ["Pakistan"] = "Asia/Karachi", ["India"] = "Asia/Kolkata", ["Indian"] = "Asia/Kolkata",
        ["Nepal"] = "Asia/Kathmandu", ["Bangladesh"] = "Asia/Dhaka", ["Indochina"] = "Asia/Bangkok", ["Western Indonesia"] = "Asia/Jakarta",
        ["Malaysia"] = "Asia/Kuala_Lumpur", ["Singapore"] = "Asia/Singapore", ["Philippine"] = "Asia/Manila", ["Hong Kong"] = "Asia/Hong_Kong",
        ["China"] = "Asia/Shanghai", ["Japan"] = "Asia/Tokyo", ["Korean"] = "Asia/Seoul", ["Korea"] = "Asia/Seoul",
        ["Australian Western"] = "Australia/Perth", ["Australian Central"] = "Australia/Adelaide", ["Australian Eastern"] = "Australia/Sydney",
        ["New Zealand"] = "Pacific/Auckland", ["West Africa"] = "Africa/Lagos", ["Central Africa"] = "Africa/Maputo", ["East Africa"] = "Africa/Nairobi",
        ["South Africa"] = "Africa/Johannesburg",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The zone whose name the text begins with; null when it begins with none.</summary>
    public static StatedZone? Read(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        if (text.Length < 2 || !char.IsAsciiLetter(text[0])) return null;
        return Abbreviated(text, out length) ?? Identified(text, out length) ?? Worded(text, out length);
    }

    // US names that leave the season out, and those that state both abbreviations.
    private static StatedZone? Abbreviated(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOfAnyExcept(OfIdentifiers) is >= 0 and var end ? end : text.Length;
        var place = text[..length] switch
        {
            _ when length is not (2 or 7) => null,
            "ET" or "EST5EDT" => "America/New_York",
            "CT" or "CST6CDT" => "America/Chicago",
            "MT" or "MST7MDT" => "America/Denver",
            "PT" or "PST8PDT" => "America/Los_Angeles",
            _ => null,
        };
        return place is null ? null : Find(place);
    }

    // Europe/Berlin, and America/New York as people write it.
    private static StatedZone? Identified(ReadOnlySpan<char> text, out int length)
    {
        length = text.IndexOfAnyExcept(OfIdentifiers) is >= 0 and var end ? end : text.Length;
        var slash = text[..length].IndexOf('/');
        if (slash < 2 || length > LongestName || slash == length - 1 || !Areas.Contains(text[..slash].ToString())) return null;
        var name = text[..length].ToString();
        for (var words = 0; ; words++)
        {
            if ((Find(name) ?? Find(Capitalised(name))) is { } zone) return zone;
            if (words == 2 || length >= text.Length || text[length] != ' ') return null;
            var next = text[(length + 1)..];
            var word = next.IndexOfAnyExcept(OfIdentifiers) is >= 0 and var wordEnd ? wordEnd : next.Length;
            if (word == 0 || name.Length + word >= LongestName) return null;
            name += "_" + next[..word].ToString();
            length += word + 1;
        }
    }

    // The identifiers of Windows mean the clocks of a place all year; "Standard" in other names is meant, as "Summer" is.
    private static StatedZone? Worded(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var limit = text.IndexOfAnyExcept(OfWords) is >= 0 and var end ? end : text.Length;
        var time = text[..Math.Min(limit, LongestName)].IndexOf(" time", StringComparison.OrdinalIgnoreCase);
        if (time < 2) return null;
        length = time + " time".Length;
        if (length < text.Length && char.IsLetterOrDigit(text[length])) return null;
        var name = text[..time];
        if (EndsIn(ref name, " standard"))
            return OfWindows(name) ?? (Place(name) is { } standard ? StatedZone.Of(standard.Standard) : null);
        if (!EndsIn(ref name, " daylight") && !EndsIn(ref name, " summer")) return Place(name);
        return (Place(name) ?? OfWindows(name)) is { } place ? StatedZone.Of(place.Standard + TimeSpan.FromHours(1)) : null;
    }

    private static bool EndsIn(ref ReadOnlySpan<char> name, string ending)
    {
        if (!name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) return false;
        name = name[..^ending.Length];
        return true;
    }

    private static StatedZone? Place(ReadOnlySpan<char> name) => Places.TryGetValue(name.ToString(), out var place) ? Find(place) : null;

    private static StatedZone? OfWindows(ReadOnlySpan<char> name) =>
        TimeZoneInfo.TryConvertWindowsIdToIanaId(Capitalised(string.Concat(name, " standard time")), out var place) && place is not null ? Find(place) : null;

    // On a machine without the database the zone stays unstated.
    private static StatedZone? Find(string identifier) => TimeZoneInfo.TryFindSystemTimeZoneById(identifier, out var rules) ? StatedZone.Of(rules) : null;

    // Names of several capitals (AUS, GMT, US) stay; the rest is spelt as the databases spell it.
    private static string Capitalised(string name) => string.Create(name.Length, name, static (spelt, name) =>
    {
        var isShouted = !name.AsSpan().ContainsAnyInRange('a', 'z');
        for (var i = 0; i < name.Length; i++)
        {
            var isFirst = i == 0 || name[i - 1] is '/' or '_' or '-' or ' ';
            spelt[i] = isFirst ? char.ToUpperInvariant(name[i]) : isShouted ? char.ToLowerInvariant(name[i]) : name[i];
        }
    });
}
