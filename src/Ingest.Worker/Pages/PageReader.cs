using AngleSharp.Html.Parser;
using Ingest.Worker.Pages.Body;
using Ingest.Worker.Pages.Claims;

namespace Ingest.Worker.Pages;

/// <summary>Reads an HTML page into its claims and its running text, over one DOM parse.</summary>
internal static class PageReader
{
    /// <summary>Reads one page; never throws on what is in it.</summary>
    /// <param name="bytes">The page, decompressed.</param>
    /// <param name="charset">charset of the HTTP Content-Type; null when none.</param>
    /// <param name="url">The URL that answered.</param>
    public static ArticlePage Read(byte[] bytes, string? charset, Uri url)
    {
        using var document = new HtmlParser().ParseDocument(System.Text.Encoding.UTF8.GetString(bytes));
        var claims = ClaimReader.Read(document, url);
        var body = BodyReader.Read(document, claims);
        return new ArticlePage
        {
            Title = claims.Title,
            Headline = claims.Headline,
            Description = claims.Description,
            Published = claims.Published,
            Modified = claims.Modified,
            Body = body.Text.Length > 0 ? new PageClaim(body.Text, body.Origin) : null,
            Kind = body.Kind,
            Authors = claims.Authors,
            Language = claims.Language ?? charset,
            CanonicalUrl = claims.CanonicalUrl,
            Image = claims.Image,
            SiteName = claims.SiteName,
            Categories = claims.Categories,
            Explanation = [.. claims.Explanation, .. body.Explanation],
        };
    }
}
