using System.Buffers;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates.Seen;

/// <summary>The dates that the reader sees.</summary>
/// <param name="Published">The best supported publication; null when there is none.</param>
/// <param name="Support">Its support.</param>
/// <param name="Updated">The best supported modification; null when there is none.</param>
/// <param name="UpdatedSupport">Its support.</param>
internal sealed record SeenDate(DateClaim? Published, double Support, DateClaim? Updated, double UpdatedSupport)
{
    /// <summary>The same without a publication after a modification that has more support: it is the day of something else.</summary>
    public SeenDate InOrder() => Updated is not null && Published?.Date.Day > Updated.Date.Day && UpdatedSupport > Support
        ? this with { Published = null, Support = double.MinValue }
        : this;
}

/// <summary>Finds the date that the reader sees as the article's, among time elements and texts, by where it stands.</summary>
/// <remarks>Places are weighed before dates are read, so that only the most promising texts are ever looked into.</remarks>
internal static class SeenDates
{
    private const int MostTried = 30;
    private const double PublicationBonus = 2;
    private const int MostInLine = 4;
    private const int LongestTime = 80;
    private const int OwnLink = 3;
    private const int RightBelow = 3;
    private const double OwnEntry = 1.5;
    private const double SubjectPenalty = 3;

    private static readonly SearchValues<string> OtherDates = ClassNames.Parts("name-parts-other-dates");

    private readonly record struct Place(ElementMark? Time, TextMark? Text, double Support, int Order);

    /// <summary>The best supported publication and the best supported modification, each with its support; null where no text has one.</summary>
    /// <param name="signals">The page's signals.</param>
    /// <param name="heading">The heading that carries the title; null when none does.</param>
    /// <param name="habits">How the page writes its dates.</param>
    /// <param name="plausible">Days outside which a date is no claim.</param>
    public static SeenDate Best(PageSignals signals, ElementMark? heading, DateHabits habits, PlausibleDays plausible)
    {
        DateClaim? published = null;
        DateClaim? updated = null;
        var series = new DateSeries(signals.DateTexts, habits);
        var (support, updatedSupport) = (double.MinValue, double.MinValue);
        foreach (var place in Places(signals, heading).OrderByDescending(static place => place.Support).ThenBy(static place => place.Order).Take(MostTried))
        {
            if (support >= place.Support + PublicationBonus || place.Support < -5) break;
            if (place.Text is { } text && series.Holds(text)) continue;
            foreach (var claim in Read(place, habits))
            {
                if (!plausible.Contain(claim.Date.Day)) continue;
                var own = place.Support + WordSupport(claim.Where) - (IsSubject(place, heading) ? SubjectPenalty : 0);
                if (claim.Role == DateRole.Modified)
                {
                    if (updated is null) (updated, updatedSupport) = (claim, place.Support);
                }
                else if (own > support) (published, support) = (claim, own);
            }
        }

        return new SeenDate(published, support, updated, updatedSupport).InOrder();
    }

    // "Minutes of the meeting of 5 March 2024": a title speaks of days too.
    private static bool IsSubject(Place place, ElementMark? heading) =>
        place.Text is { } text && place.Order == heading?.Order && text.Text.AsSpan().TrimStart() is [var first, ..] && char.IsLetter(first);

    private static double WordSupport(string line) => DateWords.SpeaksOfPublication(line) || Byline.MayBegin(line) ? PublicationBonus : 0;

    private static IEnumerable<Place> Places(PageSignals signals, ElementMark? heading)
    {
        foreach (var time in signals.Times.Where(static time => !time.Names.AsSpan().ContainsAny(OtherDates)))
            yield return new Place(time, null, 1 + Support(time.Surroundings, time.Order, time.Teaser, heading), time.Order);
        foreach (var text in signals.DateTexts)
        {
            var support = LengthSupport(text.Text.AsSpan().Trim().Length) + Support(text.Surroundings, text.Order, text.Teaser, heading);
            yield return new Place(null, text, support, text.Order);
        }
    }

    private static IEnumerable<DateClaim> Read(Place place, DateHabits habits) =>
        place.Time is { } time ? OfTime(time, habits) is { } claim ? [claim] : [] : OfText(place.Text!, habits);

    private static DateClaim? OfTime(ElementMark time, DateHabits habits)
    {
        if (Attributes.Moments(time.Element).Select(moment => DateReading.Read(moment, habits)).FirstOrDefault(static read => read is not null) is not { } date)
            return null;
        var isUpdate = (time.Surroundings.Any(ElementContext.Update) && !time.Names.Contains("publish", StringComparison.OrdinalIgnoreCase)
            && !DateWords.SpeaksOfPublication(time.Label)) || DateWords.SpeaksOfUpdate(time.Label);
        var text = ElementText.Line(time.Element);
        var says = text.Length <= LongestTime ? text : "";
        return new DateClaim(date, isUpdate ? DateRole.Modified : DateRole.Published, Origins.Time, $"time {time.Names} {time.Label} {says}");
    }

    private static IEnumerable<DateClaim> OfText(TextMark text, DateHabits habits)
    {
        var line = PlainText.Line(text.Text);
        var days = VisibleDate.All(line, habits).Take(MostInLine).ToList();
        if (days.Count > 1)
        {
            var labels = DateLabels.Of(days);
            for (var i = 0; i < days.Count; i++) yield return Claim(days[i].Day, labels[i].IsUpdate, labels[i].Label);
        }
        else if (days.Count == 1)
        {
            var isUpdate = DateWords.SpeaksOfUpdate(line) || (!DateWords.SpeaksOfPublication(line) && (DateWords.SpeaksOfUpdate(text.Label)
                || (text.Surroundings.Any(ElementContext.Update)
                    && (text.Surroundings.Any(ElementContext.Hidden) || !line.Contains(':', StringComparison.Ordinal))
                    && !DateWords.SpeaksOfPublication(text.Label))));
            yield return Claim(days[0].Day, isUpdate, text.Label.Length > 0 ? $"{text.Label} {line}" : line);
        }

        static DateClaim Claim(DateOnly day, bool isUpdate, string where) =>
            new(StatedDate.OfDay(day), isUpdate ? DateRole.Modified : DateRole.Published, Origins.Visible, where);
    }

    private static double Support(ElementContext surroundings, int order, int teaser, ElementMark? heading)
    {
        if (teaser > 0 && IsOther(teaser, order, heading)) return -10;
        if (teaser == PageSignals.OwnTeaser && !surroundings.Any(ElementContext.Comments)) return Math.Max(OwnEntry, Support(surroundings, order, 0, heading));
        // What surrounds the headline as well surrounds the article, whatever it is named.
        var around = surroundings & ~(heading?.Surroundings ?? ElementContext.None);
        if (around.Any(ElementContext.Comments | ElementContext.Card)) return -10;
        var distance = heading is null ? int.MaxValue : order - heading.Order;
        // The article's own lead may be called a teaser; those of other articles stand further away.
        var support = around.Any(ElementContext.Related) ? distance is > 0 and <= RightBelow ? -2 : distance is >= -8 and <= 30 ? -4 : -10 : 0.0;
        if (around.Any(ElementContext.Navigation | ElementContext.Aside)) support -= 3;
        if (around.Any(ElementContext.Footer | ElementContext.Hidden)) support -= 1.5;
        if (surroundings.Any(ElementContext.Date)) support += 2;
        if (surroundings.Any(ElementContext.Article | ElementContext.Main)) support += 0.5;
        if (around.Any(ElementContext.Link)) support -= 0.5;
        return support + (heading is null ? 0 : DistanceSupport(distance));
    }

    // A title may be a link to its own page, and what stands right below the title is the article's whatever link comes next.
    private static bool IsOther(int teaser, int order, ElementMark? heading) => heading is null
        || (Math.Abs(teaser - heading.Order) > OwnLink && !(order > heading.Order && order - heading.Order <= RightBelow && teaser > order));

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
