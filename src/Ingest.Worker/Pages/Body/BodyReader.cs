using AngleSharp.Html.Dom;
using Ingest.Worker.Pages.Claims;
using Ingest.Worker.Text;

namespace Ingest.Worker.Pages.Body;

/// <summary>Finds the article's running text on a page.</summary>
internal static class BodyReader
{
    public static PageBody Read(IHtmlDocument document, PageClaims claims)
    {
        var paragraphs = document.QuerySelectorAll("article p").Select(static p => PlainText.Line(p.TextContent));
        return new PageBody(string.Join("\n\n", paragraphs), "html", PageKind.Article, [$"title {claims.Title?.Text}"]);
    }
}
