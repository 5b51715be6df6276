namespace Ingest.Feeds.Trees;

/// <summary>Looks through a large document before the XML reader does: for single pieces so large that merely holding them costs too much.</summary>
internal static class LargeDocument
{
    private const int Small = 256 * 1024;
    private const int LongTag = 16 * 1024;

    // The XML reader compares the attributes of a tag with each other before anyone can count them.
    private const int MostEqualSigns = 4096;

    /// <summary>Why the document is refused; null when nothing is wrong.</summary>
    /// <exception cref="FeedLimitException">A tag holds too many attributes for the strict reader.</exception>
    public static string? Refusal(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= Small) return null;
        for (var at = bytes.IndexOf((byte)'<'); at >= 0;)
        {
            var rest = bytes[at..];
            var length = rest.StartsWith("<![CDATA["u8) ? rest.IndexOf("]]>"u8) : rest.StartsWith("<!--"u8) ? rest.IndexOf("-->"u8) : rest.IndexOf((byte)'>');
            if (length < 0) length = rest.Length;
            if (length > FeedLimits.MaxText) return $"one piece of more than {FeedLimits.MaxText} bytes";
            if (length > LongTag && rest[1] != (byte)'!' && rest[..length].Count((byte)'=') > MostEqualSigns)
                throw new FeedLimitException("a tag of too many attributes", null);
            var next = rest[length..].IndexOf((byte)'<');
            if ((next < 0 ? rest.Length - length : next) > FeedLimits.MaxText) return $"one piece of more than {FeedLimits.MaxText} bytes";
            if (next < 0) return null;
            at += length + next;
        }

        return null;
    }
}
