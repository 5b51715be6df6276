using Ingest.Text;

namespace Ingest.Identity;

/// <summary>What an entry is known by: within its source, as an article, and by what it says.</summary>
/// <param name="Entry">Identity within the source.</param>
/// <param name="Article">Identity of the article that it links.</param>
/// <param name="Fingerprint">Hash of the entry's folded link, title, summary and content; a difference means that the entry changed.</param>
/// <param name="Parts">For telling a reused guid from an edited article.</param>
internal sealed record EntryIdentity(EntryKey Entry, ArticleKey Article, Guid Fingerprint, EntryParts Parts)
{
    public string Title => Parts.Title ?? "";
}

/// <summary>The parts of an entry that its identity is made of.</summary>
/// <param name="Guid">guid or id as published; null when none.</param>
/// <param name="Url">The article's URL.</param>
/// <param name="Title">As published; null when none.</param>
/// <param name="Summary">As published; null when none.</param>
/// <param name="Content">As published; null when none.</param>
internal sealed record EntryParts(string? Guid, Uri Url, string? Title, string? Summary, string? Content)
{
    /// <summary>The stated date of publication, else of the last change; null when none.</summary>
    public StatedDate? Date { get; init; }

    /// <summary>Identifies the entries of one document together: some feeds give every entry the same guid, which then tells nothing.</summary>
    public static IReadOnlyList<EntryIdentity> Identify(IReadOnlyList<EntryParts> entries)
    {
        var articles = entries.Select(static entry => ArticleKey.Of(entry.Url)).ToArray();
        var ambiguous = entries
            .Select((entry, i) => (entry.Guid, Article: articles[i]))
            .Where(static pair => pair.Guid is not null)
            .GroupBy(static pair => pair.Guid!, StringComparer.Ordinal)
            .Where(static group => group.Select(static pair => pair.Article).Distinct().Skip(1).Any())
            .Select(static group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. entries.Select((entry, i) => new EntryIdentity(
            entry.Guid is { Length: > 0 } guid && !ambiguous.Contains(guid) ? EntryKey.OfGuid(guid) : EntryKey.OfLink(entry.Url),
            articles[i],
            Fingerprint.Of(CanonicalUrl.Fold(entry.Url), entry.Title, entry.Summary, entry.Content),
            entry))];
    }
}
