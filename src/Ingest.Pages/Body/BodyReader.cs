using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Blocks.Lines;
using Ingest.Pages.Body.Regions;
using Ingest.Pages.Claims;
using Ingest.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Body;

/// <summary>Finds the article's running text on a page, and says what kind of page it is.</summary>
/// <remarks>
/// One walk over the DOM gives blocks of text; names and prose choose the container; rules take out what is not the article; the
/// standfirst is fetched from above. Only when that comes to little, or to nothing of what the structured data claims, are the
/// claimed body and then the whole page tried.
/// </remarks>
internal static class BodyReader
{
    // Below this many characters the container is doubted and the page's other texts are tried.
    private const int TooShort = 200;
    private const int LongestTitle = 1000;

    /// <summary>Reads the body; never throws on what is in the page.</summary>
    /// <param name="document">The parsed page, its nesting bounded.</param>
    /// <param name="claims">What the page says of itself.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="explain">Whether to say why, block by block.</param>
    public static PageBody Read(IHtmlDocument document, PageClaims claims, ReadingLimit limit, bool explain)
    {
        if (document.Body is not IElement body) return new PageBody("", Origins.None, PageKind.Empty, []);
        var excluded = new ExcludedRegions(BlockWalk.Read(body, limit));
        var explanation = explain ? new List<string>() : null;
        var (text, origin) = Choose(excluded, claims, limit, explanation);
        var kind = KindOfPage.Of(document, excluded, claims, text);
        explanation?.Add($"page kind {kind}");
        return new PageBody(text, origin, kind, explanation ?? []);
    }

    private static (string Text, string Origin) Choose(ExcludedRegions excluded, PageClaims claims, ReadingLimit limit, List<string>? explanation)
    {
        var text = Join(excluded, ReadContainer(excluded, claims, explanation));
        var claimed = ClaimedBody.Of(claims);
        if (claimed is not null && !KindOfPage.IsLiveBlog(excluded, claims) && IsDoubted(text, claimed))
        {
            explanation?.Add(string.Create(
                CultureInfo.InvariantCulture, $"body doubted: {text.Length} characters, {claimed.Text.Length} claimed by {claimed.Origin}"));
            var own = Join(excluded, ClaimedBody.BlocksOf(excluded.Page, claimed, limit));
            if (own.Length > 0) return (own, Origins.Html);
            if (text.Length < TooShort || !ClaimedBody.HasAnyOf(text, claimed)) return (claimed.Text, claimed.Origin);
        }

        if (text.Length >= TooShort) return (text, Origins.Html);
        var unnamed = new ExcludedRegions(excluded.Page, Hint.Comments | Hint.Hidden | Hint.Caption | Hint.Margin);
        var doubted = Join(unnamed, ReadContainer(unnamed, claims, explanation));
        if (doubted.Length >= TooShort && doubted.Length > 2 * text.Length) return (doubted, Origins.Html);
        return WholePage(excluded, text, claims, explanation);
    }

    // A short page may say less than is claimed, and a page drawn by scripts has nothing but teasers, which may be longer than the article.
    private static bool IsDoubted(string text, PageClaim claimed) => text.Length < TooShort
        ? claimed.Text.Length > text.Length
        : claimed.Text.Length > Math.Max(TooShort, text.Length / 2) && !ClaimedBody.IsConfirmed(text, claimed)
            && (claimed.Text.Length > text.Length || !ClaimedBody.HasAnyOf(text, claimed));

    private static List<int> ReadContainer(ExcludedRegions excluded, PageClaims claims, List<string>? explanation)
    {
        var isLiveBlog = KindOfPage.IsLiveBlog(excluded, claims);
        var container = ContainerChoice.Choose(excluded, isLiveBlog, explanation);
        var titles = Titles(claims);
        var lead = LeadRecovery.Before(excluded, container, titles, ComparableText.Letters(Cut(claims.Page.Description?.Text)));
        var inside = container.Parts.SelectMany(static part => Enumerable.Range(part.First, part.End - part.First)).Where(i => !excluded.IsOut(i));
        var own = PostNumber.OfOne(excluded, lead.Concat(inside));
        if (isLiveBlog) own = EntryTimes.Without(excluded.Page.Blocks, [.. own]);
        return Articles(excluded, BlockFilter.Apply(excluded, own, StatedBy(claims, titles), explanation));
    }

    // What is left of a page that a script would draw may be teasers of others.
    private static List<int> Articles(ExcludedRegions excluded, List<int> blocks) => new Teasers(excluded.Page).AreAll(blocks) ? [] : blocks;

    private static (string Text, string Origin) WholePage(ExcludedRegions excluded, string text, PageClaims claims, List<string>? explanation)
    {
        var all = Enumerable.Range(0, excluded.Page.Blocks.Count).Where(i => !excluded.IsOut(i));
        var whole = Join(excluded, Articles(excluded, BlockFilter.Apply(excluded, all, StatedBy(claims, Titles(claims)), null)));
        if (whole.Length <= 2 * text.Length) return text.Length > 0 ? (text, Origins.Html) : ("", Origins.None);
        explanation?.Add("body from the whole page: no element holds an article");
        return (whole, Origins.Html);
    }

    private static Stated StatedBy(PageClaims claims, List<string> titles) => new(titles, claims.Page.Authors, claims.Page.CanonicalUrl, claims.IsSite);

    private static List<string> Titles(PageClaims claims) =>
        [.. new[] { claims.Page.Title?.Text, claims.Page.Headline?.Text }.Select(Cut).Select(ComparableText.Letters).Where(static title => title.Length > 0)];

    private static string? Cut(string? text) => text is { Length: > LongestTitle } ? text[..LongestTitle] : text;

    private static string Join(ExcludedRegions excluded, List<int> blocks) =>
        string.Join("\n\n", blocks.Select(i => excluded.Page.Blocks[i].Text.Replace("\n", "\n\n", StringComparison.Ordinal)));
}
