using System.Xml.Linq;
using Ingest.Feeds.Trees;
using Ingest.Text;

namespace Ingest.Feeds.Media;

/// <summary>Reads attached files: RSS enclosures, Atom links, the podcast namespace's alternates, and how each writes its attributes.</summary>
internal static class EnclosureReader
{
    /// <summary>Reads an enclosure or a link that is one.</summary>
    public static Enclosure? Read(XElement element, Uri? baseUrl)
    {
        var stated = Attribute(element, "url") ?? Attribute(element, "href") ?? Attribute(element, "resource") ?? Attribute(element, "src")
            ?? Attribute(element, "uri") ?? Attribute(element, "link") ?? Addresses.Of(element);
        return Addresses.Resolve(stated, baseUrl) is { } address ? Of(address, element) : null;
    }

    /// <summary>Reads podcast:alternateEnclosure, whose sources are the same file at several places: the first that the web can give.</summary>
    public static Enclosure? ReadAlternate(XElement element, Uri? baseUrl)
    {
        var places = element.Elements().Where(static e => e.Name.LocalName.Equals("source", StringComparison.OrdinalIgnoreCase))
            .Select(static e => Attribute(e, "uri") ?? Attribute(e, "url") ?? Attribute(e, "src"))
            .Prepend(Attribute(element, "url") ?? Attribute(element, "href"));
        foreach (var place in places.Take(FeedLimits.MaxList))
        {
            if (Addresses.Resolve(place, baseUrl) is { } address && Addresses.IsWeb(address)) return Of(address, element);
        }

        return null;
    }

    /// <summary>Adds the file unless it is there; what the one has and the other lacks is joined.</summary>
    public static void Add(List<Enclosure> enclosures, Enclosure? enclosure)
    {
        if (enclosure is null) return;
        var known = enclosures.FindIndex(one => one.Url == enclosure.Url);
        if (known >= 0)
            enclosures[known] = enclosures[known] with
            {
                Type = enclosures[known].Type ?? enclosure.Type, Length = enclosures[known].Length ?? enclosure.Length,
            };
        else if (enclosures.Count < FeedLimits.MaxList) enclosures.Add(enclosure);
    }

    /// <summary>The media type alone: its parameters are how the file was made.</summary>
    public static string? TypeOf(string? stated)
    {
        var type = stated.AsSpan();
        if (type.IndexOf(';') is >= 0 and var end) type = type[..end];
        type = type.Trim();
        return type.IsEmpty ? null : type.Length == stated!.Length ? stated : type.ToString();
    }

    /// <summary>A number of bytes: "12345", with its thousands parted, or with zeros behind a point.</summary>
    public static long? LengthOf(string? stated)
    {
        if (stated is null || stated.Length > 40) return null;
        var text = stated.AsSpan().Trim();
        if (text.IndexOfAny('.', ',') is > 0 and var point && text[(point + 1)..].Length is 1 or 2 && text[(point + 1)..].IndexOfAnyExcept('0') < 0)
            text = text[..point];
        long length = 0;
        var (digits, parted) = (0, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (++digits > 18) return null;
                length = (length * 10) + (c - '0');
                parted++;
            }
            else if (IsThousandsMark(c) && digits > 0 && (parted == 3 || (parted == digits && parted < 3)))
            {
                parted = 0;
            }
            else
            {
                return null;
            }
        }

        return digits > 0 && (parted == digits || parted == 3) ? length : null;
    }

    private static bool IsThousandsMark(char c) => c is ',' or '.' or '\'' or '_' or ' ' or '\u00A0' or '\u202F';

    /// <summary>The value of an attribute by its name in any case and namespace.</summary>
    public static string? Attribute(XElement element, string name)
    {
        if (!element.HasAttributes) return null;
        foreach (var attribute in element.Attributes())
        {
            if (attribute.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrWhiteSpace(attribute.Value))
                return attribute.Value;
        }

        return null;
    }

    private static Enclosure Of(string address, XElement element) => new(
        address,
        TypeOf(Attribute(element, "type")),
        LengthOf(Attribute(element, "length") ?? Attribute(element, "fileSize") ?? Attribute(element, "size")));
}
