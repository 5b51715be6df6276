using System.Buffers;
using System.Collections.Frozen;

namespace Ingest.Pages.Body.Regions.Names;

/// <summary>The words of <see cref="ClassNames"/> by what they hint at. Of a word that two hints have, the first one counts.</summary>
internal static class HintWords
{
    private static readonly (Hint Hint, string Key)[] Keys =
    [
        (Hint.Margin, "margin"), (Hint.Boilerplate, "boilerplate"), (Hint.Doubtful, "doubtful"), (Hint.Comments, "comments"),
        (Hint.Caption, "caption"), (Hint.Hidden, "hidden"), (Hint.Lead, "lead"), (Hint.LiveBlog, "live-blog"), (Hint.Byline, "byline"),
        (Hint.Summary, "summary"),
    ];

    /// <summary>Single words, each the whole of a token between hyphens, underscores, digits or case changes.</summary>
    public static readonly FrozenDictionary<string, Hint> Tokens = Rows("names-").DistinctBy(static row => row.Word)
        .ToFrozenDictionary(static row => row.Word, static row => row.Hint);

    /// <summary>Token pairs that follow one another.</summary>
    public static readonly FrozenDictionary<(string First, string Second), Hint> Pairs = Rows("name-pairs-").DistinctBy(static row => row.Word)
        .ToFrozenDictionary(static row => Halves(row.Word), static row => row.Hint);

    /// <summary>Parts of longer words written together, as in <c>relatedposts</c>.</summary>
    public static readonly (string Stem, Hint Hint)[] Stems = [.. new[] { Hint.Margin, Hint.Boilerplate, Hint.Comments, Hint.Doubtful, Hint.Caption }
        .SelectMany(static hint => Rows("name-stems-").Where(row => row.Hint == hint))];

    /// <summary>One look tells whether any of them can be there at all.</summary>
    public static readonly SearchValues<string> AnyStem = SearchValues.Create([.. Stems.Select(static stem => stem.Stem)], StringComparison.Ordinal);

    /// <summary>First words of names that tell about the theme or the page, not about the element's text.</summary>
    public static readonly FrozenSet<string> ThemePrefixes = ClassNames.Words("name-theme-prefixes").ToFrozenSet();

    /// <summary>What an article is called in names such as <c>article-body</c>.</summary>
    public static readonly FrozenSet<string> ArticleNouns = ClassNames.Words("name-article-nouns").ToFrozenSet();

    /// <summary>What its text is called there.</summary>
    public static readonly FrozenSet<string> BodyNouns = ClassNames.Words("name-body-nouns").ToFrozenSet();

    /// <summary>The same as one word.</summary>
    public static readonly FrozenSet<string> BodyNames = ClassNames.Words("name-bodies").ToFrozenSet();

    /// <summary>What pages are built of, as in <c>newsletter-box</c>: words that make no topic of a name.</summary>
    public static readonly FrozenSet<string> StructureNouns = ClassNames.Words("name-structure-nouns").ToFrozenSet();

    private static IEnumerable<(string Word, Hint Hint)> Rows(string prefix) =>
        Keys.SelectMany(row => ClassNames.Words(prefix + row.Key).Select(word => (word, row.Hint)));

    private static (string First, string Second) Halves(string pair)
    {
        var dash = pair.IndexOf('-', StringComparison.Ordinal);
        return (pair[..dash], pair[(dash + 1)..]);
    }
}
