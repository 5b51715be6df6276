using System.Buffers;
using System.Collections.Frozen;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Tells the surroundings that an element adds. One page repeats few classes many times, so that each is looked into once.</summary>
internal sealed class ElementContextReader
{
    private const string CommentKey = "name-starts-comments";
    private const string CommentMarkKey = "name-parts-comment-marks";

    private static readonly (ElementContext Surroundings, string Key)[] Keys =
    [
        (ElementContext.Related, "name-parts-related"), (ElementContext.Aside, "name-parts-aside"), (ElementContext.Navigation, "name-parts-navigation"),
        (ElementContext.Update, "name-parts-update"), (ElementContext.Date, "name-parts-date"), (ElementContext.Author, "name-parts-author"),
        (ElementContext.Hidden, "name-parts-hidden"),
    ];

    private static readonly (ElementContext Surroundings, SearchValues<string> Parts)[] Named =
        Array.ConvertAll(Keys, static row => (row.Surroundings, ClassNames.Parts(row.Key)));

    private static readonly string[] CommentWords = [.. ClassNames.Words(CommentKey)];
    private static readonly SearchValues<string> CommentMarks = ClassNames.Parts(CommentMarkKey);
    private static readonly SearchValues<string> AnyCommentWord = ClassNames.Parts(CommentKey, CommentMarkKey);
    private static readonly SearchValues<string> AboutComments = ClassNames.Parts("name-parts-about-comments");

    private static readonly FrozenSet<string> LayoutWords = ClassNames.Words("name-layout-words").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> LayoutCounts = ClassNames.Words("name-layout-counts").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> OwnNames = ClassNames.Words("names-of-own-articles").ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // The foot of a post is the article's own.
    private static readonly SearchValues<string> Posts = SearchValues.Create(["post", "entry", "article", "meta"], StringComparison.OrdinalIgnoreCase);

    // One search over the class and id tells whether any of the words can be there at all.
    private static readonly SearchValues<string> AnyWord = SearchValues.Create(
        [.. Keys.Select(static row => row.Key).Append(CommentKey).Append(CommentMarkKey).SelectMany(ClassNames.Words), "footer", "hidden"],
        StringComparison.OrdinalIgnoreCase);

    private readonly Dictionary<string, ElementContext> _known = new(StringComparer.Ordinal);

    /// <summary>What an element is by its tag and names.</summary>
    /// <param name="tag">The element's local name.</param>
    /// <param name="names">Its class and id; empty when none.</param>
    public ElementContext Of(string tag, string names)
    {
        var added = OfTag(tag);
        if (names.Length == 0) return added;
        if (!_known.TryGetValue(names, out var named))
        {
            named = names.AsSpan().ContainsAny(AnyWord) ? OfNames(names) : ElementContext.None;
            _known.Add(names, named);
        }

        return added | named;
    }

    private static ElementContext OfTag(string tag) => tag switch
    {
        "article" => ElementContext.Article,
        "main" => ElementContext.Main,
        "header" => ElementContext.Header,
        "footer" => ElementContext.Footer,
        "nav" => ElementContext.Navigation,
        "aside" => ElementContext.Aside,
        "a" => ElementContext.Link,
        "time" => ElementContext.Date,
        "figure" or "figcaption" or "blockquote" => ElementContext.Voice,
        _ => ElementContext.None,
    };

    private static ElementContext OfNames(string names)
    {
        var added = ElementContext.None;
        foreach (var (surroundings, parts) in Named)
        {
            if (!names.AsSpan().ContainsAny(parts)) continue;
            if (surroundings is not (ElementContext.Related or ElementContext.Aside) || Array.Exists(names.Split(' '), token => Is(token, parts)))
                added |= surroundings;
        }

        if (names.AsSpan().ContainsAny(AnyCommentWord) && Array.Exists(names.Split(' '), IsCommentList)) added |= ElementContext.Comments;
        if (Has(names, "footer") && !names.AsSpan().ContainsAny(Posts)) added |= ElementContext.Footer;
        if (HasToken(names, "hidden")) added |= ElementContext.Hidden;
        return added;
    }

    // "has-sidebar" is what has one beside it, and "node-promoted" the article that other pages show.
    private static bool Is(string token, SearchValues<string> parts)
    {
        var at = token.AsSpan().IndexOfAny(parts);
        if (at < 0 || OwnNames.Contains(token)) return false;
        var before = token[..at].Split(['-', '_'], StringSplitOptions.RemoveEmptyEntries);
        return !(Array.Exists(before, LayoutWords.Contains) || (before is [.., var last] && LayoutCounts.Contains(last)));
    }

    // "comments-open" and "comment-count" name the article, not its comments.
    private static bool IsCommentList(string token) =>
        (token.AsSpan().ContainsAny(CommentMarks) || Array.Exists(CommentWords, word => token.StartsWith(word, StringComparison.OrdinalIgnoreCase)))
        && (Has(token, "author") || !(
            token.AsSpan().ContainsAny(AboutComments) || token.StartsWith("has", StringComparison.OrdinalIgnoreCase)
                || token.StartsWith("no", StringComparison.OrdinalIgnoreCase)));

    // "hidden md:block" is shown on wide screens.
    private static bool HasToken(string names, string token) =>
        Has(names, token) && !names.Contains(':', StringComparison.Ordinal) && names.Split(' ').Contains(token, StringComparer.OrdinalIgnoreCase);

    private static bool Has(string names, string word) => names.Contains(word, StringComparison.OrdinalIgnoreCase);
}
