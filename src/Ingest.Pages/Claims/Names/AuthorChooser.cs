using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Pages.Claims.Names;

/// <summary>Chooses the authors: structured names, then meta elements, then bylines; the site's own name only when nobody else is named.</summary>
internal static class AuthorChooser
{
    private const string BylineOrigin = "byline";
    private const int MostInByline = 4;

    private static readonly string[] MetaNames =
    [
        "author", "parsely-author", "sailthru.author", "article:author", "og:article:author", "article:author_name", "citation_author", "dc.creator",
        "dc:creator", "dcterms.creator", "byl",
        "cxenseparse:author", "shareaholic:article_author_name", "article.author", "creator",
    ];

    public static IReadOnlyList<string> Choose(
        PageSignals signals, IReadOnlyList<SchemaItem> articles, IReadOnlyDictionary<string, SchemaItem> byId, ElementMark? heading, SiteNames sites,
        Explanation explanation)
    {
        IReadOnlyList<string>? reserve = null;
        IReadOnlyList<string>? handles = null;
        IReadOnlyList<string>? chosen = null;
        foreach (var (where, offered) in Offers(signals, articles, byId, heading, sites))
        {
            var isByline = where.StartsWith(BylineOrigin, StringComparison.Ordinal);
            if ((chosen is not null && !isByline) || offered() is not { Count: > 0 } names) continue;
            explanation.Note($"author: {where} \"{string.Join("; ", names)}\"");
            var people = names.Where(name => !sites.IsSite(name)).Select(sites.WithoutSiteAtEnd).ToList();
            // "Example Times; Berlin; Germany": what follows a site's name is its address.
            if (people.Count < names.Count && sites.IsSite(names[0]) && !people.Exists(Byline.IsPerson)) (names, people) = ([names[0]], []);
            if (people.Count == 0) reserve ??= names;
            else if (people.TrueForAll(Byline.IsHandle)) handles ??= people;
            else if (chosen is null) chosen = people;
            else if (isByline && IsFuller(people, chosen)) return people;
        }

        return chosen ?? handles ?? reserve ?? [];
    }

    /// <summary>Does the byline name all whom the machine's claim names, and more? Many templates state only the first author.</summary>
    private static bool IsFuller(List<string> people, IReadOnlyList<string> chosen)
    {
        if (people.Count <= chosen.Count || people.Count > MostInByline) return false;
        var keys = chosen.Select(ComparableText.Letters).ToList();
        var others = people.Where(person => !keys.Contains(ComparableText.Letters(person))).ToList();
        return others.Count == people.Count - chosen.Count
            && others.TrueForAll(
                other =>
                    Byline.IsPerson(other) && !Byline.IsInstitution(other)
                        && !keys.Exists(key => ComparableText.Letters(other).Contains(key, StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Where, Func<IReadOnlyList<string>> Names)> Offers(
        PageSignals signals, IReadOnlyList<SchemaItem> articles, IReadOnlyDictionary<string, SchemaItem> byId, ElementMark? heading, SiteNames sites)
    {
        foreach (var article in articles.Take(4)) yield return (article.Origin, () => OfItem(article, byId, organizations: false));
        yield return (Origins.Microdata, () => OfItem(signals.LooseProperties, byId, organizations: true));
        foreach (var name in MetaNames) yield return ($"meta {name}", () => OfMetas(signals, name, sites));
        // A card's free fields: label "Written by", data "Jane Doe".
        if (signals.Meta("twitter:label1") is { } label && Byline.IsLead(label))
            yield return ("meta twitter:data1", () => OfMetas(signals, "twitter:data1", sites));
        foreach (var byline in Bylines(signals, heading)) yield return ($"{BylineOrigin} {byline.Names}", () => Byline.Names(byline));
        foreach (var text in signals.Bylines.Where(text => IsNear(text, heading)).Take(6)) yield return (BylineOrigin, () => Byline.NamesInText(text.Text));
        foreach (var text in signals.DateTexts.Where(text => IsNear(text.Order, heading)).Take(6))
            yield return (BylineOrigin, () => Byline.NamesAfterDate(text.Text));
        foreach (var text in signals.Bylines.Where(text => !text.Surroundings.Any(ElementContext.Elsewhere)))
            yield return ("signature", () => Byline.NamesInSignature(text.Text));
        yield return ("script", () => ScriptAuthor.Find(signals.Scripts));
        foreach (var article in articles.Take(4)) yield return (article.Origin, () => OfItem(article, byId, organizations: true));
    }

    private static List<string> OfItem(SchemaItem item, IReadOnlyDictionary<string, SchemaItem> byId, bool organizations)
    {
        foreach (var property in Properties)
        {
            var names = item.Values(property)
                .SelectMany(value => OfValue(value, byId, organizations))
                .Where(Byline.IsName)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Take(20)
                .ToList();
            if (names.Count > 0) return names;
        }

        return [];
    }

    private static readonly string[] Properties = ["author", "creator", "contributor"];

    private static IEnumerable<string> OfValue(SchemaValue value, IReadOnlyDictionary<string, SchemaItem> byId, bool organizations)
    {
        if (value.Text is { } text) return text.Contains("://", StringComparison.Ordinal) ? [] : Byline.Names(HtmlText.Line(text));
        var item = SchemaArticles.Resolve(value.Item!, byId);
        if (!organizations && item.Types.Exists(static type => type.EndsWith("Organization", StringComparison.OrdinalIgnoreCase))) return [];
        var name = item.Text("name") ?? string.Join(' ', new[] { item.Text("givenName"), item.Text("familyName") }.Where(static part => part is not null));
        return Byline.Names(HtmlText.Line(name));
    }

    private static List<string> OfMetas(PageSignals signals, string name, SiteNames sites) =>
        [
            .. signals.Metas
                .Where(meta => meta.Name == name && !meta.Content.Contains("://", StringComparison.Ordinal))
                .SelectMany(meta => Byline.Names(sites.Strip(HtmlText.Line(meta.Content)))).Distinct(StringComparer.OrdinalIgnoreCase).Take(20),
        ];

    /// <summary>The elements named for an author, those nearest to the heading first; none of comments, teasers and forms.</summary>
    private static IEnumerable<ElementMark> Bylines(PageSignals signals, ElementMark? heading)
    {
        var outer = heading?.Surroundings ?? ElementContext.None;
        return signals.Authors.Where(
            mark => !(mark.Surroundings & ~outer).Any(ElementContext.Elsewhere & ~(
                ElementContext.Footer | ElementContext.Hidden | (mark.Element.LocalName == "a" ? ElementContext.Navigation : ElementContext.None))))
            .Where(static mark => mark.Element.LocalName is not ("input" or "article" or "body" or "form" or "label" or "img" or "textarea"))
            .Where(mark => mark.Element.LocalName != "a" || mark.Names.Length > 0 || IsNear(mark.Order, heading))
            .Where(static mark => mark.Element.LocalName == "a" || !mark.Surroundings.Any(ElementContext.Link))
            .OrderBy(mark => heading is null ? mark.Order : Math.Abs(mark.Order - heading.Order)).Take(6);
    }

    // What is called a teaser close to the heading is the article's own lead.
    private static bool IsNear(TextMark text, ElementMark? heading) =>
        text.Surroundings.Any(ElementContext.Related)
            ? heading is not null && text.Order >= heading.Order - 4 && text.Order <= heading.Order + 12
            : IsNear(text.Order, heading);

    private static bool IsNear(int order, ElementMark? heading) => heading is not null && order > heading.Order - 25 && order < heading.Order + 80;
}
