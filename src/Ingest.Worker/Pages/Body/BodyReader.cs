using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ingest.Worker.Pages.Claims;

namespace Ingest.Worker.Pages.Body;

/// <summary>Finds the article's running text on a page.</summary>
internal static class BodyReader
{
    // Below this many characters the container is doubted and the page's other texts are tried.
    private const int TooShort = 200;

    private const int LongestTitle = 1000;

    public static PageBody Read(IHtmlDocument document, PageClaims claims, bool explain)
    {
        if (document.Body is not IElement body) return new PageBody("", "none", PageKind.Empty, ["no body element"]);
        var page = BlockWalk.Read(body);
        var layout = new Layout(page);
        var explanation = explain ? new List<string>() : null;
        var container = ContainerChoice.Choose(layout, explanation);
        var blocks = Read(layout, container, claims, explanation);
        var (text, origin) = Longest(layout, blocks, claims, explanation);
        return new PageBody(text, origin, text.Length == 0 ? PageKind.Empty : PageKind.Article, explanation ?? []);
    }

    private static List<int> Read(Layout layout, Container container, PageClaims claims, List<string>? explanation)
    {
        var inside = container.Parts.SelectMany(part => Enumerable.Range(part.First, part.End - part.First)).Where(i => !layout.IsOut(i));
        var titles = Titles(claims);
        var lead = LeadRecovery.Before(layout, container, titles, Squeezed.Of(claims.Description?.Text));
        return BlockFilter.Apply(layout, lead.Concat(inside), titles, claims.Authors, explanation);
    }

    private static (string Text, string Origin) Longest(Layout layout, List<int> blocks, PageClaims claims, List<string>? explanation)
    {
        var text = Join(layout, blocks);
        if (text.Length >= TooShort) return (text, "html");
        var claimed = claims.Bodies.MaxBy(static body => body.Text.Length);
        if (claimed is not null && claimed.Text.Length > text.Length)
        {
            explanation?.Add(string.Create(CultureInfo.InvariantCulture, $"body from {claimed.Origin}: the page's own text is only {text.Length} characters"));
            return (claimed.Text, claimed.Origin);
        }

        var all = Enumerable.Range(0, layout.Page.Blocks.Count).Where(i => !layout.IsOut(i));
        var whole = Join(layout, BlockFilter.Apply(layout, all, Titles(claims), claims.Authors, null));
        if (whole.Length <= 2 * text.Length) return text.Length > 0 ? (text, "html") : ("", "none");
        explanation?.Add("body from the whole page: no element holds an article");
        return (whole, "html");
    }

    private static List<string> Titles(PageClaims claims) =>
        [.. new[] { claims.Title?.Text, claims.Headline?.Text }.Select(static title => title is { Length: > LongestTitle } ? title[..LongestTitle] : title).Select(Squeezed.Of).Where(static title => title.Length > 0)];

    private static string Join(Layout layout, List<int> blocks) => string.Join("\n\n", blocks.Select(i => layout.Page.Blocks[i].Text));
}
