using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>The dates that the reader sees.</summary>
/// <param name="Published">The best supported publication; null when there is none.</param>
/// <param name="Support">Its support.</param>
/// <param name="Updated">The best supported modification; null when there is none.</param>
internal sealed record SeenDate(DateClaim? Published, double Support, DateClaim? Updated);

/// <summary>Finds the date that the reader sees as the article's, among time elements and texts, by where it stands.</summary>
/// <remarks>Places are weighed before dates are read, so that only the most promising texts are ever looked into.</remarks>
internal static class SeenDates
{
    private const int MostTried = 30;
    private const double PublicationBonus = 2;
    private const double Certain = 7;

    private readonly record struct Place(ElementMark? Time, TextMark? Text, double Support, int Order);

    /// <summary>The best supported publication and the best supported modification, each with its support; null where no text has one.</summary>
    /// <param name="signals">The page's signals.</param>
    /// <param name="heading">The heading that carries the title; null when none does.</param>
    /// <param name="monthFirst">Is 3/4/2024 the fourth of March here?</param>
    /// <param name="plausible">Days outside which a date is no claim.</param>
    public static SeenDate Best(PageSignals signals, ElementMark? heading, bool monthFirst, PlausibleDays plausible)
    {
        DateClaim? published = null;
        DateClaim? updated = null;
        var support = double.MinValue;
        foreach (var place in Places(signals, heading).OrderByDescending(static place => place.Support).ThenBy(static place => place.Order).Take(MostTried))
        {
            if (support >= Certain || place.Support < -5) break;
            if (Read(place, monthFirst) is not { } claim || !plausible.Contain(claim.Date.Day)) continue;
            var own = place.Support + (claim.Origin == Origins.Visible ? WordSupport(claim.Where) : 0);
            if (claim.Role == DateRole.Modified) updated ??= claim;
            else if (own > support) (published, support) = (claim, own);
        }

        return new SeenDate(published, support, updated);
    }

    private static double WordSupport(string line) => DateWords.SpeaksOfPublication(line) || Byline.MayBegin(line) ? PublicationBonus : 0;

    private static IEnumerable<Place> Places(PageSignals signals, ElementMark? heading)
    {
        foreach (var time in signals.Times) yield return new Place(time, null, 1 + Support(time.Surroundings, time.Order, heading), time.Order);
        foreach (var text in signals.DateTexts)
            yield return new Place(null, text, LengthSupport(text.Text.AsSpan().Trim().Length) + Support(text.Surroundings, text.Order, heading), text.Order);
    }

    private static DateClaim? Read(Place place, bool monthFirst) => place.Time is { } time ? OfTime(time, monthFirst) : OfText(place.Text!, monthFirst);

    private static DateClaim? OfTime(ElementMark time, bool monthFirst)
    {
        if (DateReading.Read(time.Element.GetAttribute("datetime") ?? time.Element.GetAttribute("content"), monthFirst) is not { } date) return null;
        var isUpdate = time.Surroundings.Any(ElementContext.Update) && !time.Names.Contains("publish", StringComparison.OrdinalIgnoreCase);
        return new DateClaim(date, isUpdate ? DateRole.Modified : DateRole.Published, Origins.Time, $"time {time.Names}");
    }

    private static DateClaim? OfText(TextMark text, bool monthFirst)
    {
        var line = PlainText.Line(text.Text);
        if (VisibleDate.Find(line, monthFirst) is not { } day) return null;
        var isUpdate = DateWords.SpeaksOfUpdate(line) || (text.Surroundings.Any(ElementContext.Update) && !line.Contains(':', StringComparison.Ordinal));
        return new DateClaim(StatedDate.OfDay(day), isUpdate ? DateRole.Modified : DateRole.Published, Origins.Visible, line);
    }

    private static double Support(ElementContext surroundings, int order, ElementMark? heading)
    {
        // What surrounds the headline as well surrounds the article, whatever it is named.
        var around = surroundings & ~(heading?.Surroundings ?? ElementContext.None);
        if (around.Any(ElementContext.Comments)) return -10;
        var distance = heading is null ? int.MaxValue : order - heading.Order;
        // The article's own lead may be called a teaser; those of other articles stand further away.
        var support = around.Any(ElementContext.Related) ? distance is >= -8 and <= 30 ? -4 : -10 : 0.0;
        if (around.Any(ElementContext.Navigation | ElementContext.Aside)) support -= 3;
        if (around.Any(ElementContext.Footer | ElementContext.Hidden)) support -= 1.5;
        if (surroundings.Any(ElementContext.Date)) support += 2;
        if (surroundings.Any(ElementContext.Article | ElementContext.Main)) support += 0.5;
        if (around.Any(ElementContext.Link)) support -= 0.5;
        return support + (heading is null ? 0 : DistanceSupport(distance));
    }

    private static double LengthSupport(int length) => length switch { <= 30 => 2, <= 60 => 1, <= 100 => -1.5, _ => -2 };

    private static double DistanceSupport(int distance) => distance switch
    {
        0 => 3.5,
        >= -8 and <= 20 => 3,
        >= -20 and <= 50 => 2,
        >= -40 and <= 120 => 1,
        < -120 => -1,
        _ => 0,
    };
}
