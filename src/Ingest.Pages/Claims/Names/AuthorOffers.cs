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

    /// <summary>A byline right under the title.</summary>
    UnderTitle,

    /// <summary>A byline not far from the title.</summary>
    BesideTitle,

    /// <summary>Another place that the reader sees.</summary>
    Elsewhere,

    /// <summary>A place where an author may stand, but so may other people.</summary>
    Guess,
}

/// <summary>Names that the page offers as its authors.</summary>
/// <param name="Where">For the explanation.</param>
/// <param name="Place">Where the reader sees them.</param>
/// <param name="Names">Reads them.</param>
/// <param name="IsAnnounced">Does "By" stand before them?</param>
/// <param name="IsAlone">Is it a line of its own that says who wrote the text, and nothing else?</param>
/// <param name="IsLink">Is it a link to the person's page?</param>
internal readonly record struct AuthorOffer(
    string Where, OfferPlace Place, Func<IReadOnlyList<string>> Names, bool IsAnnounced = false, bool IsAlone = false, bool IsLink = false);

/// <summary>All places of a page that offer authors, the best first.</summary>
internal sealed class AuthorOffers(
    PageSignals signals, IReadOnlyList<SchemaItem> articles, IReadOnlyDictionary<string, SchemaItem> byId, ElementMark? heading, SiteNames sites, Uri url)
{
    private const string BylineOrigin = "byline";
    private const int FarthestUnderTitle = 12;
    private const int FarthestDate = 8;
    private const int ShortestInPath = 5;
    private const int MostSeen = 40;

    private readonly HashSet<string> _topics = [.. PageTopics.Categories(signals, articles).Select(ComparableText.Letters)];

    private static readonly string[] MetaNames =
    [
        "author", "parsely-author", "sailthru.author", "article:author", "og:article:author", "article:author_name", "citation_author", "citation_authors",
        "bepress_citation_author", "eprints.creators_name", "dc.creator", "dc:creator", "dcterms.creator", "byl", "cxenseparse:author",
        "shareaholic:article_author_name", "article.author", "creator",
    ];

    /// <summary>Does the reader see one of these people named where authors are, or beside the title's dates?</summary>
    public bool Shows(IReadOnlyList<string> people) =>
        signals.Authors.Where(mark => !Around(mark.Surroundings).Any(ElementContext.Hidden | ElementContext.Comments)).Take(MostSeen)
            .Select(static mark => ElementText.Line(mark.Element))
            .Concat(signals.DateTexts.Where(text => IsNear(text.Order, heading)).Select(static text => text.Text))
            .Any(text => people.Any(person => text.Contains(person.Split(' ')[^1], StringComparison.OrdinalIgnoreCase)));

    public IEnumerable<AuthorOffer> All() => Stated().Concat(Seen()).Concat(Last());

    private IEnumerable<AuthorOffer> Stated()
    {
        foreach (var article in articles.Take(4).Where(IsThisArticle))
        {
            var names = StatedAuthors.OfItem(article, byId, organizations: false);
            yield return new AuthorOffer(article.Origin, OfferPlace.Stated, () => names);
            // What lower items say of an account may be about a comment or a teaser.
            if (names.Count > 0 && names.TrueForAll(Byline.IsHandle)) break;
        }

        yield return new AuthorOffer(Origins.Microdata, OfferPlace.Stated, () => StatedAuthors.OfItem(signals.LooseProperties, byId, organizations: true));
        foreach (var name in MetaNames) yield return new AuthorOffer($"meta {name}", OfferPlace.Stated, () => StatedAuthors.OfMetas(signals, name, sites));
        // A card's free fields: label "Written by", data "Jane Doe".
        if (signals.Meta("twitter:label1") is { } label && Byline.IsLead(label))
            yield return new AuthorOffer("meta twitter:data1", OfferPlace.Stated, () => StatedAuthors.OfMetas(signals, "twitter:data1", sites));
    }

    private IEnumerable<AuthorOffer> Seen()
    {
        foreach (var mark in AuthorElement.Candidates(signals, heading))
        {
            var place = IsHidden(mark) ? OfferPlace.Elsewhere : PlaceOf(mark.Order);
            yield return new AuthorOffer($"{BylineOrigin} {mark.Names}", place, () => AuthorElement.Names(mark), AuthorElement.IsAnnounced(mark));
        }

        foreach (var text in signals.Bylines.Where(text => IsNear(text, heading)).Take(6))
            yield return new AuthorOffer(BylineOrigin, PlaceOf(text.Order), () => Byline.NamesInText(text.Text), IsAnnounced: true, IsAlone(text));
        foreach (var mark in signals.Linked.Where(mark => IsNear(mark.Order, heading)).Take(3))
            yield return new AuthorOffer("linked", PlaceOf(mark.Order), () => mark.Names, IsAnnounced: true, IsAlone: true, IsLink: true);
        foreach (var text in signals.DateTexts.Where(text => IsNear(text.Order, heading)).Take(6))
            yield return new AuthorOffer(BylineOrigin, PlaceOf(text.Order), () => Byline.NamesAfterDate(text.Text));
        foreach (var text in signals.DateTexts.Where(text => IsBesideTitle(text, heading)).Take(3))
            yield return new AuthorOffer("beside the date", OfferPlace.Guess, () => DatedByline.Names(text.Text, IsTopic));
        var unannounced = new UnannouncedNames(signals, heading, url);
        if (unannounced.Account() is { } account) yield return new AuthorOffer("account", OfferPlace.Guess, () => [account]);
        if (unannounced.InRow(IsTopic) is { } beside) yield return new AuthorOffer("in the row of the date", OfferPlace.Guess, () => [beside]);
        foreach (var mark in signals.Reporters)
            yield return new AuthorOffer("reporter", PlaceOf(mark.Order), () => mark.Names, IsAnnounced: true);
    }

    private IEnumerable<AuthorOffer> Last()
    {
        foreach (var text in signals.Bylines.Where(text => !Around(text.Surroundings).Any(ElementContext.Elsewhere)))
            yield return new AuthorOffer("signature", OfferPlace.Elsewhere, () => Byline.NamesInSignature(text.Text));
        if (ClosingLines().DistinctBy(static line => line.Names[0], StringComparer.OrdinalIgnoreCase).Take(2).ToList() is [var closing])
            yield return new AuthorOffer("closing line", OfferPlace.Guess, () => closing.Names, IsAnnounced: true);
        foreach (var mark in signals.Signed.Where(mark => !Around(mark.Surroundings).Any(ElementContext.Elsewhere)).TakeLast(1))
            yield return new AuthorOffer("signed", OfferPlace.Guess, () => [.. AuthorElement.OnlyPerson(mark).Where(PlainName.Is)]);
        if (signals.Signature is { } signature && !Around(signature.Surroundings).Any(ElementContext.Elsewhere | ElementContext.Voice))
            yield return new AuthorOffer("signed in brackets", OfferPlace.Guess, () => PlainName.Is(signature.Text) ? [signature.Text] : []);
        var unannounced = new UnannouncedNames(signals, heading, url);
        if (unannounced.InLinks() is { } linked) yield return new AuthorOffer("only link", OfferPlace.Guess, () => [linked]);
        if (unannounced.InBox() is { } boxed) yield return new AuthorOffer("box", OfferPlace.Guess, () => [boxed]);
        yield return new AuthorOffer("script", OfferPlace.Stated, () => ScriptAuthor.Find(signals.Scripts));
        foreach (var article in articles.Take(4).Where(IsThisArticle))
            yield return new AuthorOffer(article.Origin, OfferPlace.Stated, () => StatedAuthors.OfItem(article, byId, organizations: true));
        if (Owners().Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList() is [var owner])
            yield return new AuthorOffer("copyright", OfferPlace.Guess, () => [owner]);
    }

    // What surrounds the headline as well surrounds the article, whatever it is named.
    private ElementContext Around(ElementContext surroundings) => surroundings & ~(heading?.Surroundings ?? ElementContext.None);

    private bool IsHidden(ElementMark mark) => Around(mark.Surroundings).Any(ElementContext.Hidden);

    private static bool IsAlone(TextMark text) => !text.Surroundings.Any(ElementContext.Link)
        && Byline.NamesTheWriter(text.Text) && Byline.IsOnly(text.Text, Byline.NamesInText(text.Text));

    // A person's own page, or one that has their name among its topics. Houses and themes have notices too.
    private IEnumerable<string> Owners() =>
        signals.Owners.Where(static text => !text.Surroundings.Any(ElementContext.Voice | ElementContext.Comments | ElementContext.Link))
            .Select(static text => Copyright.Owner(text.Text)).OfType<string>().Where(IsAtHome);

    private bool IsAtHome(string owner) => _topics.Contains(ComparableText.Letters(owner)) || sites.IsOf(owner)
        || owner.Split(' ').Any(word => word.Length >= ShortestInPath && url.AbsolutePath.Contains(word, StringComparison.OrdinalIgnoreCase));

    // "By Jane Doe" and nothing else, wherever it stands, if only one such line does.
    private IEnumerable<NamesMark> ClosingLines() =>
        signals.Bylines.Where(text => !Around(text.Surroundings).Any(ElementContext.Elsewhere | ElementContext.Link | ElementContext.Voice))
            .Select(static text => (Text: text, Names: Byline.NamesInText(text.Text)))
            .Where(static line => line.Names.Count > 0 && line.Names.All(Byline.IsSurelyAPerson) && Byline.IsOnly(line.Text.Text, line.Names))
            .Select(static line => new NamesMark(line.Names, line.Text.Order, line.Text.Surroundings));

    // Pages describe the articles of their lists too; those have a headline of their own.
    private bool IsThisArticle(SchemaItem article)
    {
        var (key, first) = (ComparableText.Letters(article.Text("headline")), ComparableText.Letters(articles[0].Text("headline")));
        return key.Length == 0 || first.Length == 0 || key.Contains(first, StringComparison.Ordinal) || first.Contains(key, StringComparison.Ordinal);
    }

    private OfferPlace PlaceOf(int order)
    {
        if (heading is not null && order > heading.Order && order <= heading.Order + FarthestUnderTitle) return OfferPlace.UnderTitle;
        return IsNear(order, heading) ? OfferPlace.BesideTitle : OfferPlace.Elsewhere;
    }

    // What is called a teaser close to the heading is the article's own lead.
    private static bool IsNear(TextMark text, ElementMark? heading) =>
        !text.Surroundings.Any(ElementContext.Voice) && (text.Surroundings.Any(ElementContext.Related)
            ? heading is not null && text.Order >= heading.Order - 4 && text.Order <= heading.Order + 12
            : IsNear(text.Order, heading));

    private static bool IsBesideTitle(TextMark text, ElementMark? heading) =>
        heading is not null && Math.Abs(text.Order - heading.Order) <= FarthestDate
            && !(text.Surroundings & ~heading.Surroundings).Any(ElementContext.Elsewhere | ElementContext.Link);

    private bool IsTopic(string name) =>
        _topics.Contains(ComparableText.Letters(name)) || sites.IsSite(name)
            || TitleChooser.Spoken(signals).Any(title => title.Contains(name, StringComparison.OrdinalIgnoreCase));

    internal static bool IsNear(int order, ElementMark? heading) => heading is not null && order > heading.Order - 25 && order < heading.Order + 80;
}
