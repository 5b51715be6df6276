namespace Ingest.Identity;

/// <summary>The identity of an article: the hash of its folded URL. Equal keys are one article, whatever feed showed it.</summary>
public readonly record struct ArticleKey(Guid Value)
{
    public static ArticleKey Of(Uri url) => new(Fingerprint.Of(CanonicalUrl.Fold(url)));
}

/// <summary>The identity of an entry within its source: the hash of its guid, or of its link where a guid does not tell entries apart.</summary>
internal readonly record struct EntryKey(Guid Value)
{
    public static EntryKey OfGuid(string guid) => new(Fingerprint.Of("guid", guid));

    public static EntryKey OfLink(Uri url) => new(Fingerprint.Of("link", CanonicalUrl.Fold(url)));
}
