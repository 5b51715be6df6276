using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>Where the page offers a name.</summary>
internal enum OfferPlace
{
    /// <summary>What the page states for machines.</summary>
    Stated,

    /// <summary>A byline that the reader sees beside the title.</summary>
    BesideTitle,

    /// <summary>Another place that the reader sees.</summary>
    Elsewhere,
}

/// <summary>Names that the page offers as its authors.</summary>
/// <param name="Where">For the explanation.</param>
/// <param name="Place">Where the reader sees them.</param>
/// <param name="Names">Reads them.</param>
/// <param name="IsAnnounced">Does "By" stand before them?</param>
internal readonly record struct AuthorOffer(string Where, OfferPlace Place, Func<IReadOnlyList<string>> Names, bool IsAnnounced = false);

/// <summary>All places of a page that offer authors, the best first.</summary>
internal sealed class AuthorOffers(
    PageSignals signals, IReadOnlyList<SchemaItem> articles, IReadOnlyDictionary<string, SchemaItem> byId, ElementMark? heading, SiteNames sites)
{
    private const string BylineOrigin = "byline";

    private static readonly string[] MetaNames =
    [
        "author", "parsely-author", "sailthru.author", "article:author", "og:article:author", "article:author_name", "citation_author", "citation_authors",
        "bepress_citation_author", "eprints.creators_name", "dc.creator", "dc:creator", "dcterms.creator", "byl", "cxenseparse:author",
        "shareaholic:article_author_name", "article.author", "creator",
    ];

    public IEnumerable<AuthorOffer> All() => Stated().Concat(Seen()).Concat(Last());

    private IEnumerable<AuthorOffer> Stated()
    {
        foreach (var article in articles.Take(4))
            yield return new AuthorOffer(article.Origin, OfferPlace.Stated, () => StatedAuthors.OfItem(article, byId, organizations: false));
        yield return new AuthorOffer(Origins.Microdata, OfferPlace.Stated, () => StatedAuthors.OfItem(signals.LooseProperties, byId, organizations: true));
        foreach (var name in MetaNames) yield return new AuthorOffer($"meta {name}", OfferPlace.Stated, () => StatedAuthors.OfMetas(signals, name, sites));
        // A card's free fields: label "Written by", data "Jane Doe".
        if (signals.Meta("twitter:label1") is { } label && Byline.IsLead(label))
            yield return new AuthorOffer("meta twitter:data1", OfferPlace.Stated, () => StatedAuthors.OfMetas(signals, "twitter:data1", sites));
    }

    private IEnumerable<AuthorOffer> Seen()
    {
        foreach (var mark in AuthorElement.Candidates(signals, heading))
            yield return new AuthorOffer($"{BylineOrigin} {mark.Names}", PlaceOf(mark.Order), () => AuthorElement.Names(mark), AuthorElement.IsAnnounced(mark));
        foreach (var text in signals.Bylines.Where(text => IsNear(text, heading)).Take(6))
            yield return new AuthorOffer(BylineOrigin, PlaceOf(text.Order), () => Byline.NamesInText(text.Text), IsAnnounced: true);
        foreach (var text in signals.DateTexts.Where(text => IsNear(text.Order, heading)).Take(6))
            yield return new AuthorOffer(BylineOrigin, PlaceOf(text.Order), () => Byline.NamesAfterDate(text.Text));
        foreach (var mark in signals.Reporters)
            yield return new AuthorOffer("reporter", PlaceOf(mark.Order), () => mark.Names, IsAnnounced: true);
    }

    private IEnumerable<AuthorOffer> Last()
    {
        foreach (var text in signals.Bylines.Where(text => !text.Surroundings.Any(ElementContext.Elsewhere)))
            yield return new AuthorOffer("signature", OfferPlace.Elsewhere, () => Byline.NamesInSignature(text.Text));
        yield return new AuthorOffer("script", OfferPlace.Stated, () => ScriptAuthor.Find(signals.Scripts));
        foreach (var article in articles.Take(4))
            yield return new AuthorOffer(article.Origin, OfferPlace.Stated, () => StatedAuthors.OfItem(article, byId, organizations: true));
    }

    private OfferPlace PlaceOf(int order) => IsNear(order, heading) ? OfferPlace.BesideTitle : OfferPlace.Elsewhere;

    // What is called a teaser close to the heading is the article's own lead.
    private static bool IsNear(TextMark text, ElementMark? heading) =>
        text.Surroundings.Any(ElementContext.Related)
            ? heading is not null && text.Order >= heading.Order - 4 && text.Order <= heading.Order + 12
            : IsNear(text.Order, heading);

    internal static bool IsNear(int order, ElementMark? heading) => heading is not null && order > heading.Order - 25 && order < heading.Order + 80;
}
