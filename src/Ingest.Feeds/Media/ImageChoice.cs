namespace Ingest.Feeds.Media;

/// <summary>Chooses an entry's lead image: what the feed calls one, then the first picture of the text.</summary>
internal sealed class ImageChoice
{
    private string? _media;
    private string? _other;

    /// <summary>Offers a media:content or thumbnail, itunes:image, or the item's own image element.</summary>
    public void OfferMedia(string? address)
    {
        if (!Pictures.IsOrnament(address)) _media ??= address;
    }

    /// <summary>Offers an enclosure that is an image.</summary>
    public void OfferEnclosure(string? address)
    {
        if (!Pictures.IsOrnament(address)) _other ??= address;
    }

    /// <summary>The best of them; pictures of the text are resolved against the entry's page.</summary>
    public string? Choose(string? content, string? summary, Func<Uri?> page) =>
        _media ?? _other ?? TextPictures.First(content, page) ?? TextPictures.First(summary, page);
}
