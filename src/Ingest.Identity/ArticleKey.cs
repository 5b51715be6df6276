using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Identity;

/// <summary>
/// The identity of an article: the hash of its folded URL, where several articles share one together with the title. Equal keys are one article, whatever feed
/// showed it.
/// </summary>
public readonly record struct ArticleKey(Guid Value)
{
    public static ArticleKey Of(Uri url) => new(Fingerprint.Of(CanonicalUrl.Fold(url)));

    /// <summary>The key of an article that shares its URL with others: the hash of the folded URL, the words of its title, and its day where one is stated.
    /// </summary>
    internal static ArticleKey OfPart(Uri url, string title, DateOnly? day) =>
        new(Fingerprint.Of(
            "part", CanonicalUrl.Fold(url), ComparableText.Words(HtmlText.Line(title)), day?.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary>The identity of an entry within its source: the hash of its guid, or of its link where a guid does not tell entries apart.</summary>
internal readonly record struct EntryKey(Guid Value)
{
    public static EntryKey OfGuid(string guid) => new(Fingerprint.Of("guid", guid));

    /// <summary>The key of an entry that only its title and day tell from others with its link.</summary>
    public static EntryKey OfPart(ArticleKey part) => new(Fingerprint.Of("part", part.Value.ToString("N")));

    public static EntryKey OfLink(Uri url) => new(Fingerprint.Of("link", CanonicalUrl.Fold(url)));
}
