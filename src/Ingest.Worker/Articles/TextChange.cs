using Ingest.Identity;
using Ingest.Text;

namespace Ingest.Worker.Articles;

/// <summary>What a text that differs from the stored one is.</summary>
internal enum ChangeKind
{
    /// <summary>The same text.</summary>
    None,

    /// <summary>Only white space, punctuation, quotes or case differ: the row is brought up to date, and no version is kept.</summary>
    Cosmetic,

    /// <summary>A counter, a clock, or a text that goes back and forth, too often to be believed any more: the stored text stays.</summary>
    Settled,

    /// <summary>The publisher changed the text: a new version.</summary>
    Revised,
}

/// <summary>How a text differs from the stored one.</summary>
/// <param name="Kind">What the difference is.</param>
/// <param name="Fields">The parts that differ in more than looks: title, headline, description, body.</param>
/// <param name="Words">Words added and words taken away.</param>
/// <param name="IsDoubtful">Only digits or a few words differ, or the text is back at an earlier one.</param>
internal sealed record TextChange(ChangeKind Kind, IReadOnlyList<string> Fields, int Words, bool IsDoubtful)
{
    /// <summary>
    /// So many doubtful changes are believed: a publisher may correct a figure. Pages that embed the time or a counter go past it, and settle.
    /// </summary>
    public const int MostDoubtful = 3;

    // A change of so many words may be "5 minutes ago" turned into "an hour ago".
    private const int FewWords = 4;

    private static readonly TextChange Same = new(ChangeKind.None, [], 0, IsDoubtful: false);

    /// <summary>Compares what is stored with what is there now.</summary>
    /// <param name="stored">As stored.</param>
    /// <param name="now">As read now, in the form in which it would be stored.</param>
    /// <param name="doubtful">Doubtful changes of the article so far.</param>
    /// <param name="earlier">Content hashes of the article's earlier versions.</param>
    public static TextChange Between(DatedArticle stored, DatedArticle now, int doubtful, IReadOnlySet<Guid> earlier)
    {
        var differing = Parts(stored, now).Where(static part => part.Before != part.After).ToList();
        if (differing.Count == 0) return Same;
        var changed = differing.Where(static part => ComparableText.Words(part.Before) != ComparableText.Words(part.After)).ToList();
        if (changed.Count == 0) return Same with { Kind = ChangeKind.Cosmetic };
        var words = changed.Sum(static part => WordsBetween(part.Before, part.After));
        var isDoubtful = earlier.Contains(ContentHash(now))
            || changed.TrueForAll(static part => ComparableText.WordsWithoutDigits(part.Before) == ComparableText.WordsWithoutDigits(part.After))
            || (words <= FewWords && changed.TrueForAll(static part => part.Name is "body" or "description"));
        var kind = isDoubtful && doubtful >= MostDoubtful ? ChangeKind.Settled : ChangeKind.Revised;
        return new TextChange(kind, [.. changed.Select(static part => part.Name)], words, isDoubtful);
    }

    /// <summary>By this a text that comes back is known.</summary>
    public static Guid ContentHash(DatedArticle article) => Fingerprint.OfWords(article.Title, article.Headline, article.Description, article.Body);

    private static (string Name, string Before, string After)[] Parts(DatedArticle stored, DatedArticle now) =>
    [
        ("title", stored.Title, now.Title), ("headline", stored.Headline, now.Headline), ("description", stored.Description, now.Description),
        ("body", stored.Body, now.Body),
    ];

    private static int WordsBetween(string before, string after)
    {
        var counts = ComparableText.CountWords(ComparableText.Words(before));
        foreach (var (word, count) in ComparableText.CountWords(ComparableText.Words(after))) counts[word] = counts.GetValueOrDefault(word) - count;
        return counts.Values.Sum(Math.Abs);
    }
}
