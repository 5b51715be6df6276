using System.Globalization;
using Ingest.Worker.Pages.Claims.Marks;

namespace Ingest.Worker.Pages.Claims.Dates;

/// <summary>Chooses which of the claimed dates to trust.</summary>
/// <remarks>
/// Structured claims come first (JSON-LD, then meta, then microdata) but are often written by a template, in UTC, or renewed with each edit. A date that the
/// reader sees beside the headline, and a full date in the URL, are set by the publisher on purpose: they name the day, and a structured moment within a day of
/// it stays as the moment. Without structured claims the visible date with the best support wins, or none.
/// </remarks>
internal static class DateChooser
{
    private const double Prominent = 6;
    private const double Plain = 4.5;
    private const double Supported = 3.5;
    private const double Alone = 2;

    private static readonly string[] StructuredOrigins = ["json-ld", "meta", "microdata"];

    public static PageDate? Published(IReadOnlyList<DateClaim> claims, ElementMark? heading, Explanation explanation)
    {
        var plausible = claims.Where(static claim => claim.Date.Day.Year >= 1990).ToList();
        var stated = Structured(plausible, DateRole.Published) ?? Structured(plausible, DateRole.Created);
        var url = plausible.Find(static claim => claim.Origin == "url");
        var (seen, support) = BestSeen(plausible, heading);
        if (stated is not null) explanation.Note($"date: structured {Show(stated)}");
        if (url is not null) explanation.Note($"date: url {Show(url)}");
        if (seen is not null) explanation.Note($"date: seen {support:0.0} {Show(seen)}");
        var corrected = seen is not null && seen.Role != DateRole.Modified && support >= (IsVague(stated) ? Plain : Prominent) ? seen : null;
        if (stated is not null) return Agreed(stated, corrected ?? url);
        if (url is not null) return Agreed(corrected ?? url, corrected is not null && Days(corrected, url) <= 1 ? url : null);
        if (seen is not null && support >= (heading is null ? Alone : Supported)) return new PageDate(seen.Date, seen.Origin);
        return null;
    }

    // Names that templates fill with whatever date is at hand.
    private static bool IsVague(DateClaim? stated) => stated is { Origin: "meta", Where: "date" or "dc.date" or "dcterms.date" };

    /// <summary>The last modification; null when none is stated, or none after the publication.</summary>
    public static PageDate? Modified(IReadOnlyList<DateClaim> claims, PageDate? published)
    {
        var modified = StructuredOrigins.Append("time").Select(origin => claims.FirstOrDefault(claim => claim.Origin == origin && claim.Role == DateRole.Modified)).FirstOrDefault(static claim => claim is not null);
        return modified is null || modified.Date.Day < published?.Date.Day ? null : new PageDate(modified.Date, modified.Origin);
    }

    private static DateClaim? Structured(List<DateClaim> claims, DateRole role) =>
        StructuredOrigins.Select(origin => claims.Find(claim => claim.Origin == origin && claim.Role == role)).FirstOrDefault(static claim => claim is not null);

    /// <summary>The structured date, or the day of what corrects it.</summary>
    private static PageDate Agreed(DateClaim stated, DateClaim? correction)
    {
        if (correction is null || correction.Date.Day == stated.Date.Day) return new PageDate(stated.Date, stated.Origin);
        return Days(stated, correction) <= 1
            ? new PageDate(correction.Date with { At = correction.Date.At ?? stated.Date.At, ZoneStated = correction.Date.ZoneStated || stated.Date.ZoneStated }, correction.Origin)
            : new PageDate(correction.Date, correction.Origin);
    }

    private static int Days(DateClaim left, DateClaim right) => Math.Abs(left.Date.Day.DayNumber - right.Date.Day.DayNumber);

    private static (DateClaim? Claim, double Support) BestSeen(List<DateClaim> claims, ElementMark? heading)
    {
        DateClaim? best = null;
        var bestSupport = double.MinValue;
        foreach (var claim in claims)
        {
            if (claim.Origin is not ("time" or "visible")) continue;
            var support = Support(claim, heading);
            if (support > bestSupport) (best, bestSupport) = (claim, support);
        }

        return (best, bestSupport);
    }

    private static double Support(DateClaim claim, ElementMark? heading)
    {
        // What surrounds the headline as well surrounds the article, whatever it is named.
        var around = claim.Surroundings & ~(heading?.Surroundings ?? Surroundings.None);
        if (around.Any(Surroundings.Comments | Surroundings.Related)) return -10;
        var support = 0.0;
        if (around.Any(Surroundings.Navigation | Surroundings.Aside)) support -= 3;
        if (around.Any(Surroundings.Footer | Surroundings.Hidden)) support -= 2;
        if (claim.Surroundings.Any(Surroundings.Date)) support += 2;
        if (claim.Surroundings.Any(Surroundings.Article | Surroundings.Main)) support += 0.5;
        if (around.Any(Surroundings.Link)) support -= 0.5;
        if (claim.Role == DateRole.Modified) support -= 2;
        if (claim.Origin == "visible") support += LengthSupport(claim.Where.Length);
        else support += 1;
        return support + (heading is null ? 0 : DistanceSupport(claim.Order - heading.Order));
    }

    private static double LengthSupport(int length) => length switch { <= 30 => 2, <= 60 => 1, <= 100 => 0, _ => -2 };

    private static double DistanceSupport(int distance) => distance switch
    {
        0 => 3.5,
        >= -8 and <= 20 => 3,
        >= -20 and <= 50 => 2,
        >= -40 and <= 120 => 1,
        < -120 => -1,
        _ => 0,
    };

    private static string Show(DateClaim claim) => string.Create(CultureInfo.InvariantCulture, $"{claim.Date.Day:yyyy-MM-dd} {claim.Origin} {claim.Where}");
}
