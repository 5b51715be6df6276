using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Pages.Claims.Names;

/// <summary>Chooses the title: the heading that the page's other titles bear out, else the best of those.</summary>
internal static partial class TitleChooser
{
    private const int MostHeadings = 80;
    private const int LongestSpoken = 2_000;
    private const double Certain = 6;

    private sealed record Witness(string Text, string Key, string Origin);

    /// <summary>The title and the heading it stands in; both null when there is none.</summary>
    public static (PageClaim? Title, ElementMark? Heading) Choose(
        PageSignals signals, IReadOnlyList<SchemaItem> articles, SiteNames sites, Explanation explanation)
    {
        var witnesses = Witnesses(signals, articles, sites);
        ElementMark? best = null;
        var (bestScore, bestText) = (0.0, "");
        foreach (var heading in signals.Headings.Where(static heading => heading.Element.LocalName == "h1")
            .Concat(signals.Headings.Where(static heading => heading.Element.LocalName != "h1"))
            .Take(MostHeadings))
        {
            // No lesser heading can reach what an h1 that is another claim word for word has.
            if (bestScore >= Certain && heading.Element.LocalName != "h1") break;
            var text = ElementText.Line(heading.Element);
            if (text.Length is < 2 or > 400) continue;
            var score = Score(heading, text, witnesses, sites);
            if (score > 0) explanation.Note($"title: {score:0.00} {heading.Element.LocalName} \"{text}\"");
            if (score > bestScore) (best, bestScore, bestText) = (heading, score, text);
        }

        if (best is not null) return (new PageClaim(Cleaned(bestText, best, witnesses, sites), Origins.Heading), best);
        foreach (var witness in witnesses) explanation.Note($"title: {witness.Origin} \"{witness.Text}\"");
        if (OnlyHeading(signals, sites) is { } only)
            return (new PageClaim(sites.Strip(WithoutDate(ElementText.Line(only.Element)), isSeen: true), Origins.Html), only);
        if (witnesses.Count > 0) return (new PageClaim(WithoutDate(witnesses[0].Text), witnesses[0].Origin), null);
        return (signals.DocumentTitle.Length > 0 ? new PageClaim(signals.DocumentTitle, Origins.Html) : null, null);
    }

    /// <summary>Lower-case texts that hold the page's title somewhere: what structured claims are checked against.</summary>
    public static IReadOnlyList<string> Spoken(PageSignals signals) =>
        [.. signals.Headings.Where(static heading => heading.Element.LocalName == "h1").Take(10).Select(static heading => ElementText.Line(heading.Element))
            .Append(signals.DocumentTitle).Append(signals.Meta("og:title")).OfType<string>()
                .Select(static text => text[..Math.Min(text.Length, LongestSpoken)].ToLowerInvariant())
                .Where(static text => text.Length > 5)];

    private static string Cleaned(string text, ElementMark heading, List<Witness> witnesses, SiteNames sites) =>
        sites.Strip(WithoutDate(
            heading.Element.ChildElementCount == 0
                ? text
                : Kicker.TitleBehind(heading.Element, key => witnesses.Exists(witness => witness.Key == key && witness.Origin != Origins.Microdata),
                    witnesses.Select(static witness => witness.Text))
                    ?? WithoutKicker(text, witnesses)), isSeen: true);

    private static List<Witness> Witnesses(PageSignals signals, IReadOnlyList<SchemaItem> articles, SiteNames sites)
    {
        var witnesses = new List<Witness>();
        foreach (var article in articles.Take(3))
        {
            Add(article.Text("headline"), article.Origin);
            Add(article.Text("name"), article.Origin);
        }

        foreach (var meta in signals.Metas.Where(
            static meta => meta.Name is "og:title" or "twitter:title" or "dc.title" or "title" or "parsely-title" or "citation_title" or "sailthru.title"))
            Add(meta.Content, meta.Name == "og:title" ? Origins.OpenGraph : Origins.Meta);
        Add(signals.DocumentTitle, Origins.Html);
        return witnesses;

        void Add(string? text, string origin)
        {
            var line = sites.Strip(HtmlText.Line(text));
            if (ComparableText.Letters(line) is { Length: > 1 } key && !sites.IsExactly(line)) witnesses.Add(new Witness(line, key, origin));
        }
    }

    private static double Score(ElementMark heading, string text, List<Witness> witnesses, SiteNames sites)
    {
        var key = ComparableText.Letters(text);
        if (key.Length < 2) return 0;
        var isMain = heading.Element.LocalName == "h1";
        var agreements = witnesses.Select(witness => Agreement(text, key, witness, isMain)).Where(static agreement => agreement > 0).ToList();
        if (agreements.Count == 0 || (sites.IsSite(text) && agreements.Max() < 4)) return 0;
        var score = agreements.Max() + (0.25 * agreements.Count) + heading.Element.LocalName switch { "h1" => 2, "h2" => 0, _ => -0.5 };
        if (IsLogo(heading)) score -= 4;
        if (heading.Surroundings.Any(ElementContext.Comments | ElementContext.Related | ElementContext.Link)) score -= 1;
        if (heading.Surroundings.Any(ElementContext.Footer | ElementContext.Navigation | ElementContext.Hidden)) score -= 0.5;
        return score;
    }

    /// <summary>A heading may hold a kicker, a date or a subtitle besides the title; what another claim gives as the whole title is the title.</summary>
    private static string WithoutKicker(string text, List<Witness> witnesses)
    {
        var key = ComparableText.Letters(text);
        // Microdata is the heading itself, kicker and all.
        if (witnesses.Exists(witness => witness.Key == key && witness.Origin != Origins.Microdata)) return text;
        var part = witnesses.Find(witness => witness.Key.Length >= 12 && witness.Key.Length * 3 >= key.Length
            && (key.StartsWith(witness.Key, StringComparison.Ordinal) || key.EndsWith(witness.Key, StringComparison.Ordinal)));
        return part?.Text ?? text;
    }

    /// <summary>Does the heading link to the site's front page, as a logo does?</summary>
    private static bool IsLogo(ElementMark heading)
    {
        if (heading.Names.Contains("logo", StringComparison.OrdinalIgnoreCase) || heading.Names.Contains("site-title", StringComparison.OrdinalIgnoreCase)
            || heading.Names.Contains("brand", StringComparison.OrdinalIgnoreCase))
            return true;
        var link = heading.Element.ParentElement is { LocalName: "a" } around
            ? around
            : heading.Element.Children.FirstOrDefault(static child => child.LocalName == "a");
        return link is AngleSharp.Html.Dom.IHtmlAnchorElement anchor && anchor.GetAttribute("href") is { Length: > 0 } href && !href.StartsWith('#')
            && anchor.PathName is "/" or "" && anchor.Search.Length == 0;
    }

    private static double Agreement(string text, string key, Witness witness, bool isMain)
    {
        if (witness.Key == key) return 4;
        if (key.Length >= 4 && witness.Key.Contains(key, StringComparison.Ordinal))
        {
            if (key.Length * 2 >= witness.Key.Length) return 3;
            // A short end of a document title is the site's name more often than the title.
            return key.Length >= 10
                && (
                    witness.Key.StartsWith(key, StringComparison.Ordinal)
                        || (key.Length * 3 >= witness.Key.Length && witness.Key.EndsWith(key, StringComparison.Ordinal)))
                ? 2.5
                : 0;
        }

        if (witness.Key.Length >= 10 && key.Contains(witness.Key, StringComparison.Ordinal)) return 2.5;
        return isMain && ComparableText.SharedWords(text, witness.Text) >= 0.6 ? 1 : 0;
    }

    /// <summary>The one heading of the first rank that no other claim bears out, but nothing speaks against.</summary>
    private static ElementMark? OnlyHeading(PageSignals signals, SiteNames sites)
    {
        var headings = signals.Headings.Where(
            heading =>
                heading.Element.LocalName == "h1" && !IsLogo(heading)
                    && !heading.Surroundings.Any(ElementContext.Related | ElementContext.Comments | ElementContext.Footer | ElementContext.Navigation))
            .Where(heading => signals.LastProse is 0 || heading.Order < signals.LastProse)
            .Where(heading => ElementText.Line(heading.Element) is { Length: > 2 and < 400 } text && !sites.IsSite(text)).Take(2).ToList();
        return headings.Count == 1 ? headings[0] : null;
    }

    [GeneratedRegex(@"^\d{1,2}[./]\d{1,2}[./]\d{4}\s*[-–—:|]\s+", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingDate();

    private static string WithoutDate(string title) =>
        LeadingDate().Match(title) is { Success: true } date && date.Length < title.Length ? title[date.Length..] : title;
}
