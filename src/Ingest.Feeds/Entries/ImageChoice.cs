namespace Ingest.Feeds.Entries;

/// <summary>Chooses an entry's lead image: what the feed calls one, then the first picture of the text.</summary>
internal sealed class ImageChoice
{
    private string? _media;
    private string? _other;

    /// <summary>Offers a media:content or thumbnail, itunes:image, or the item's own image element.</summary>
    public void OfferMedia(string? address) => _media ??= address;

    /// <summary>Offers an enclosure that is an image.</summary>
    public void OfferEnclosure(string? address) => _other ??= address;

    public string? Choose(string? content, string? summary) => _media ?? _other ?? FirstPicture(content) ?? FirstPicture(summary);

    private static string? FirstPicture(string? html)
    {
        if (html is null) return null;
        var tag = html.IndexOf("<img", StringComparison.Ordinal);
        if (tag < 0) return null;
        var end = html.IndexOf('>', tag);
        var attributes = html.AsSpan(tag, (end < 0 ? html.Length : end) - tag);
        var source = attributes.IndexOf(" src=");
        if (source < 0 || source + 6 >= attributes.Length || attributes[source + 5] is not ('"' or '\'')) return null;
        var value = attributes[(source + 6)..];
        var length = value.IndexOf(attributes[source + 5]);
        var address = (length < 0 ? value : value[..length]).Trim();
        return address.Length is > 0 and <= FeedLimits.MaxLine && address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? System.Net.WebUtility.HtmlDecode(address.ToString())
            : null;
    }
}
