using System.Buffers;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Tells the surroundings that an element adds. One page repeats few classes many times, so that each is looked into once.</summary>
internal sealed class SurroundingsReader
{
    // One search over the class and id tells whether any of the words below can be there at all.
    private static readonly SearchValues<string> AnyWord = SearchValues.Create(
        [
            "comment", "kommentar", "disqus", "respond", "related", "recommend", "teaser", "more-", "readmore", "popular", "trending", "latest", "most-",
            "mostread", "also",
            "sidebar", "widget", "footer", "nav", "menu", "breadcrumb", "date", "time", "publish", "posted", "datum", "fecha", "byline", "author", "autor",
            "writer",
            "auteur", "modif", "updat", "aktualis", "hidden", "screen-reader", "sr-only", "visually", "newsletter", "promo", "carousel", "slider", "header",
        ],
        StringComparison.OrdinalIgnoreCase);

    private readonly Dictionary<string, Surroundings> _known = new(StringComparer.Ordinal);

    /// <summary>What an element is by its tag and names.</summary>
    /// <param name="tag">The element's local name.</param>
    /// <param name="names">Its class and id; empty when none.</param>
    public Surroundings Of(string tag, string names)
    {
        var added = OfTag(tag);
        if (names.Length == 0) return added;
        if (!_known.TryGetValue(names, out var named))
        {
            named = names.AsSpan().IndexOfAny(AnyWord) < 0 ? Surroundings.None : OfNames(names);
            _known.Add(names, named);
        }

        return added | named;
    }

    private static Surroundings OfTag(string tag) => tag switch
    {
        "article" => Surroundings.Article,
        "main" => Surroundings.Main,
        "header" => Surroundings.Header,
        "footer" => Surroundings.Footer,
        "nav" => Surroundings.Navigation,
        "aside" => Surroundings.Aside,
        "a" => Surroundings.Link,
        "time" => Surroundings.Date,
        _ => Surroundings.None,
    };

    private static Surroundings OfNames(string names)
    {
        var added = Surroundings.None;
        if ((Has(names, "comment") || Has(names, "kommentar") || Has(names, "disqus") || Has(names, "respond")) && names.Split(' ').Any(IsCommentList))
            added |= Surroundings.Comments;
        if (Has(names, "related") || Has(names, "recommend") || Has(names, "teaser") || Has(names, "popular") || Has(names, "trending") || Has(names, "latest")
            || Has(names, "most-") || Has(names, "mostread") || Has(names, "carousel") || Has(names, "slider") || Has(names, "promo"))
        {
            added |= Surroundings.Related;
        }

        if (Has(names, "sidebar") || Has(names, "widget") || Has(names, "newsletter")) added |= Surroundings.Aside;
        if (Has(names, "footer") && !Has(names, "post") && !Has(names, "entry") && !Has(names, "article") && !Has(names, "meta")) added |= Surroundings.Footer;
        if (Has(names, "nav") || Has(names, "menu") || Has(names, "breadcrumb")) added |= Surroundings.Navigation;
        if (Has(names, "modif") || Has(names, "updat") || Has(names, "aktualis")) added |= Surroundings.Update;
        if (Has(names, "date") || Has(names, "time") || Has(names, "publish") || Has(names, "posted") || Has(names, "datum") || Has(names, "fecha"))
            added |= Surroundings.Date;
        if (Has(names, "byline") || Has(names, "author") || Has(names, "autor") || Has(names, "writer") || Has(names, "auteur")) added |= Surroundings.Author;
        if (Has(names, "screen-reader") || Has(names, "sr-only") || Has(names, "visually") || HasToken(names, "hidden")) added |= Surroundings.Hidden;
        return added;
    }

    // "comments-open" and "comment-count" name the article, not its comments.
    private static bool IsCommentList(string token) =>
        (token.StartsWith("comment", StringComparison.OrdinalIgnoreCase) || token.StartsWith("kommentar", StringComparison.OrdinalIgnoreCase)
            || Has(token, "-comment") || Has(token, "_comment")
            || Has(token, "disqus") || Has(token, "respond"))
        && (Has(token, "author") || !IsAboutComments(token));

    private static bool IsAboutComments(string token) =>
        Has(token, "open") || Has(token, "closed") || Has(token, "count") || Has(token, "link") || Has(token, "enabled") || Has(token, "disabled")
            || Has(token, "button")
        || Has(token, "responsive") || token.StartsWith("has", StringComparison.OrdinalIgnoreCase)
            || token.StartsWith("no", StringComparison.OrdinalIgnoreCase);

    // "hidden md:block" is shown on wide screens.
    private static bool HasToken(string names, string token) =>
        Has(names, token) && !names.Contains(':', StringComparison.Ordinal) && names.Split(' ').Contains(token, StringComparer.OrdinalIgnoreCase);

    private static bool Has(string names, string word) => names.Contains(word, StringComparison.OrdinalIgnoreCase);
}
