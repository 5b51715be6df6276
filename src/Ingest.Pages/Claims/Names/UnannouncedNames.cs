using AngleSharp.Dom;
using Ingest.Pages.Claims.Dates;
using Ingest.Pages.Claims.Dates.Seen;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>
/// Finds the author where no word announces one and no element beside the title is named so: by a link to a member's page, or by a name in the row of the date.
/// </summary>
internal sealed class UnannouncedNames(PageSignals signals, ElementMark? heading, Uri url)
{
    private const int Farthest = 20;
    private const int FarthestDate = 3;
    private const int FewestDigits = 2;
    private const int MostBoxes = 100;
    private const int MostLinks = 4;
    private const int LongestBox = 150;
    private const int LongestName = 40;

    private static readonly DateHabits AnyHabits = new(MonthFirst: false);

    /// <summary>
    /// Whose page a link beside the title leads to, if there is a picture or a date beside the name: "(picture) snow4ever, 18.10.2019"; null when none.
    /// </summary>
    public string? Account() =>
        Only(signals.Accounts.Where(mark => IsBesideTitle(mark.Order, mark.Surroundings) && (mark.IsPictured || IsBesideDate(mark.Order)) && IsPageOf(mark))
            .Select(static mark => mark.Names[0]));

    /// <summary>The name in the row of the date below the title, where the page names the same person as an author elsewhere; null when none.</summary>
    public string? InRow(Func<string, bool> isTopic) =>
        Only(signals.PlainNames.Where(text => IsBesideTitle(text.Order, text.Surroundings) && IsBesideDate(text.Order))
            .Select(static text => text.Text).Where(name => PlainName.Is(name) && !Byline.HasRole(name) && !isTopic(name) && IsAuthorElsewhere(name)));

    /// <summary>Whose page the links to authors' pages lead to, if there is one such person; null when none.</summary>
    public string? InLinks() =>
        Only(signals.Authors.Take(MostBoxes)
            .Where(static mark => mark.Element.LocalName == "a" && !mark.Surroundings.Any(ElementContext.Elsewhere | ElementContext.Voice))
            .Select(static mark => ElementText.Line(mark.Element))
            .Where(static text => text.Length > 0 && !BylinePatterns.ListOf.IsMatch(text) && !Byline.Begins(text + " "))) is { } name
            && name.Length <= LongestName && Byline.IsName(name)
            ? name
            : null;

    /// <summary>The person in a box beside the text that leads to all their articles, if there is one such person; null when none.</summary>
    public string? InBox() =>
        Only(signals.Authors.Take(MostBoxes)
            .Where(static mark => !mark.Surroundings.Any(ElementContext.Comments | ElementContext.Hidden | ElementContext.Voice | ElementContext.Link))
            .SelectMany(static mark => NamesInBox(mark.Element)).Where(PlainName.Is));

    private static IReadOnlyList<string> NamesInBox(IElement box)
    {
        var lists = box.GetElementsByTagName("a").Take(MostLinks).Select(static link => ElementText.Line(link))
            .Where(static text => BylinePatterns.ListOf.IsMatch(text)).ToList();
        if (lists.Count == 0 || ElementText.Parts(box) is not { Length: <= LongestBox } text) return [];
        return Byline.Names(lists.Aggregate(text, static (left, list) => left.Replace(list, " | ", StringComparison.Ordinal)));
    }

    private static string? Only(IEnumerable<string> names) => names.Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList() is [var name] ? name : null;

    private bool IsBesideTitle(int order, ElementContext surroundings) =>
        heading is not null && Math.Abs(order - heading.Order) <= Farthest
            && !(surroundings & ~heading.Surroundings).Any(ElementContext.Elsewhere | ElementContext.Voice);

    private bool IsBesideDate(int order) =>
        signals.DateTexts.Exists(text => Math.Abs(text.Order - order) <= FarthestDate && VisibleDate.Find(text.Text, AnyHabits) is not null)
            || signals.Times.Exists(time => Math.Abs(time.Order - order) <= FarthestDate);

    // "/members/127862", "/user/snow4ever" on this site. "/membership" is nobody's, and the site's own pages elsewhere are no author's.
    private bool IsPageOf(NamesMark link)
    {
        if (!Uri.TryCreate(url, link.Href, out var page) || page.Host != url.Host) return false;
        return link.Href.Count(char.IsAsciiDigit) >= FewestDigits
            || (page.Segments.Length > 2
                && ComparableText.Letters(page.Segments[^1]).Contains(ComparableText.Letters(link.Names[0]), StringComparison.Ordinal));
    }

    private bool IsAuthorElsewhere(string name) =>
        signals.Authors.Exists(mark => !mark.Surroundings.Any(ElementContext.Comments) && ElementText.Line(mark.Element).Trim() == name);
}
