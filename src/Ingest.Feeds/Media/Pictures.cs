using System.Collections.Frozen;
using System.Xml.Linq;

namespace Ingest.Feeds.Media;

/// <summary>Tells pictures from other files, and from what is shown like one: avatars, emoji, pixels that count readers.</summary>
internal static class Pictures
{
    private static readonly FrozenSet<string> Extensions =
        new[] { "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "avif", "bmp", "svg", "heic", "tif", "tiff" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Folders of addresses. What stands in them is small, and belongs to a writer or a letter.
    private static readonly FrozenSet<string> OrnamentFolders = new[]
    {
        "avatar", "avatars", "userpic", "userpics", "emoji", "emojis", "emoticons", "smilies", "smileys", "smiley", "twemoji", "pixel", "pixels", "beacon",
        "tracking", "~r", "~ff",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OrnamentNames = new[]
    {
        "pixel", "1x1", "1px", "spacer", "blank", "clear", "transparent", "trans", "beacon", "tracker", "placeholder", "lazy", "loading", "emoji", "dot_clear",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Is this media:content a picture? Its medium and type say so, else the end of its address, else that it has a width and no duration.</summary>
    public static bool IsPicture(XElement content, string? type, string address)
    {
        if (EnclosureReader.Attribute(content, "medium")?.Trim() is { } medium) return medium.Equals("image", StringComparison.OrdinalIgnoreCase);
        if (type is not null)
            return type.StartsWith("image", StringComparison.OrdinalIgnoreCase) || Extensions.Contains(type.StartsWith('.') ? type[1..] : type);
        var name = FileName(address);
        if (name.LastIndexOf('.') is >= 0 and var dot && name[(dot + 1)..] is { Length: > 0 and <= 5 } extension && char.IsAsciiLetter(extension[0]))
            return Extensions.GetAlternateLookup<ReadOnlySpan<char>>().Contains(extension);
        return EnclosureReader.Attribute(content, "width") is not null && EnclosureReader.Attribute(content, "duration") is null
            && EnclosureReader.Attribute(content, "bitrate") is null && EnclosureReader.Attribute(content, "framerate") is null;
    }

    /// <summary>Does the address say that this is no picture of the article's?</summary>
    public static bool IsOrnament(string? address)
    {
        if (address is null) return false;
        var path = PathOf(address);
        var name = FileName(address);
        foreach (var part in path.Split('/'))
        {
            if (OrnamentFolders.GetAlternateLookup<ReadOnlySpan<char>>().Contains(path[part]) && part.End.Value < path.Length) return true;
        }

        var dot = name.LastIndexOf('.');
        return OrnamentNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(dot < 0 ? name : name[..dot]);
    }

    private static ReadOnlySpan<char> FileName(string address) =>
        PathOf(address) is var path && path.LastIndexOf('/') is >= 0 and var slash ? path[(slash + 1)..] : [];

    // What stands behind the host, without query and fragment.
    private static ReadOnlySpan<char> PathOf(string address)
    {
        var rest = address.AsSpan();
        if (rest.IndexOf("://") is >= 0 and var scheme) rest = rest[(scheme + 3)..];
        var start = rest.IndexOf('/');
        if (start < 0) return [];
        rest = rest[start..];
        return rest.IndexOfAny('?', '#') is >= 0 and var end ? rest[..end] : rest;
    }
}
