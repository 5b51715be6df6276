using AngleSharp.Html.Dom;

namespace Ingest.Worker.Pages.Claims;

/// <summary>Reads what a page claims about its article.</summary>
internal static class ClaimReader
{
    public static PageClaims Read(IHtmlDocument document, Uri url) =>
        new() { Title = document.Title is { Length: > 0 } title ? new PageClaim(title, "html") : null, Language = document.DocumentElement.GetAttribute("lang") };
}
