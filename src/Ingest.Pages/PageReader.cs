using Ingest.Pages.Body;
using Ingest.Pages.Claims;
using Ingest.Text;
using Ingest.Text.Decoding;
using Ingest.Text.Limits;

namespace Ingest.Pages;

/// <summary>Reads an HTML page into its claims and its running text, over one DOM parse.</summary>
public static class PageReader
{
    /// <summary>Reads one page; never throws on what is in it.</summary>
    /// <param name="bytes">The page, decompressed.</param>
    /// <param name="charset">charset of the HTTP Content-Type; null when none.</param>
    /// <param name="url">The URL that answered.</param>
    /// <param name="limit">How long it may take; a page past it is <see cref="PageKind.Costly"/>.</param>
    /// <param name="explain">
    /// Whether the candidates of every claim and of the body, and every block's fate, go into <see cref="ArticlePage.Explanation"/>.
    /// </param>
    /// <param name="latest">The last day that has begun anywhere: later dates are no claims. Null when the reader's day is not known.</param>
    public static ArticlePage Read(byte[] bytes, string? charset, Uri url, ReadingLimit limit, bool explain = false, DateOnly? latest = null)
    {
        try
        {
            return ReadWhole(bytes, charset, url, limit, explain, latest);
        }
        catch (ReadingLimitException e)
        {
            return new ArticlePage { Kind = PageKind.Costly, Fault = $"the page {e.Message}" };
        }
    }

    private static ArticlePage ReadWhole(byte[] bytes, string? charset, Uri url, ReadingLimit limit, bool explain, DateOnly? latest)
    {
        // What its Dispose would give back is given back by now; it would only take the tree apart.
        var document = BoundedParse.Read(TextDecoder.RentHtml(bytes, charset), limit);
        var claims = ClaimReader.Read(document, url, limit, explain, latest);
        var body = BodyReader.Read(document, claims, limit, explain);
        return claims.Page with
        {
            Body = PlainText.Body(body.Text) is { Length: > 0 } text ? new PageClaim(text, body.Origin) : null,
            Kind = body.Kind,
            Explanation = [.. claims.Page.Explanation, .. body.Explanation],
        };
    }
}
