using System.Globalization;
using Ingest.Pages.Claims.Dates.Seen;
using Ingest.Text;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Chooses which of the claimed dates to trust.</summary>
/// <remarks>
/// Structured claims come first (JSON-LD, then meta, then microdata) but are often written by a template, in UTC, or renewed with each edit. A date that the
/// reader sees beside the headline, and a full date in the URL, are set by the publisher on purpose: they name the day, and a structured moment within a day of
/// it stays as the moment. Of a URL and a date that is seen, the one that agrees with the structured claim bears it out. Without structured claims the visible
/// date with the best support wins, then one in the page's scripts or document title, then the last edit that the page tells its readers of, or none.
/// </remarks>
internal static class DateChooser
{
    private const double Prominent = 6.25;
    private const double Plain = 4.5;
    private const double Supported = 1.5;

    private static readonly string[] StructuredOrigins = [Origins.JsonLd, Origins.Meta, Origins.Microdata];

    /// <summary>The publication; null when no claim of it is good enough.</summary>
    /// <param name="claims">What the page states for machines.</param>
    /// <param name="seen">What the reader sees.</param>
    /// <param name="lastResort">Looks elsewhere, where nothing else is found.</param>
    /// <param name="explanation">Takes the candidates.</param>
    public static PageDate? Published(IReadOnlyList<DateClaim> claims, SeenDate seen, Func<PageDate?> lastResort, Explanation explanation)
    {
        var stated = Structured(claims, DateRole.Published) ?? Structured(claims, DateRole.Created);
        var inUrl = claims.FirstOrDefault(static claim => claim.Origin == Origins.Url);
        var url = inUrl is { Role: DateRole.Published } ? inUrl : null;
        Note(explanation, stated, inUrl, seen);
        if (stated is not null)
            return Correction(stated, url, seen, claims) is { } correction ? Agreed(stated, correction) : new PageDate(stated.Date, stated.Origin);
        if (url is not null) return OfUrl(url, seen);
        // Of a slug's day and a later one with little support, which may be today's, the slug's is nearer.
        if (seen.Published is { } published && (seen.Support >= Supported || published.Date.Day == inUrl?.Date.Day)
            && !(seen.Support < Plain && inUrl?.Date.Day < published.Date.Day))
            return new PageDate(published.Date, published.Origin);
        return lastResort() ?? Last(inUrl ?? seen.Updated);
    }

    /// <summary>What sets a structured date right: a date that the reader sees, else the URL's; null when one of them bears it out.</summary>
    private static DateClaim? Correction(DateClaim stated, DateClaim? url, SeenDate seen, IReadOnlyList<DateClaim> claims)
    {
        var isSeen = seen.Published?.Date.Day == stated.Date.Day && seen.Support >= Plain;
        if (isSeen || url?.Date.Day == stated.Date.Day || IsSeenAsUpdate(stated, seen)) return null;
        var isDoubtful = IsVague(stated) || IsOutvoted(stated, seen, claims) || IsStamp(stated, seen, claims);
        if (seen.Published is { } published && seen.Support >= (isDoubtful ? Plain : Prominent) && (isDoubtful || MayCorrect(published, stated)))
            return published;
        return url is not null && MayCorrect(url, stated) && (url.Where != DateClaims.BareNumber || Days(url, stated) <= 1) ? url : null;
    }

    // Some themes name every date for a change. A day that nothing calls the publication is then something else's: a picture's, an event's.
    private static bool IsSeenAsUpdate(DateClaim stated, SeenDate seen) =>
        seen is { Updated: { Origin: Origins.Visible } updated, UpdatedSupport: >= Plain } && updated.Date.Day == stated.Date.Day
            && !DateWords.SpeaksOfUpdate(updated.Where) && !(seen.Published is { } published && DateWords.SpeaksOfPublication(published.Where));

    /// <summary>
    /// A page is seen and named on the day of its publication or, where a template shows its last change, after it. A day later is the publisher's own where
    /// the structured date is in UTC or no moment at all.
    /// </summary>
    private static bool MayCorrect(DateClaim claim, DateClaim stated) => (claim.Date.Day.DayNumber - stated.Date.Day.DayNumber) switch
    {
        < 0 => true,
        1 => stated.Date.At is not { } at || at.Offset == TimeSpan.Zero,
        // A film may be older than the article that it stands in.
        _ => stated.Role == DateRole.Created || stated.Where.EndsWith("uploadDate", StringComparison.Ordinal),
    };

    // Some pages only say in their slug when they were published, or only when they were last edited.
    private static PageDate? Last(DateClaim? claim) => claim is null ? null : new PageDate(claim.Date, claim.Origin);

    // Newspapers put the day of print into their URLs, which is the day after.
    private static PageDate OfUrl(DateClaim url, SeenDate seen) =>
        seen.Published is { } published && (seen.Support >= Prominent || (seen.Support >= Plain && url.Date.Day.DayNumber - published.Date.Day.DayNumber == 1))
            ? Agreed(published, Days(published, url) <= 1 && url.Date.Day < published.Date.Day ? url : null)
            : Agreed(url, null);

    private static void Note(Explanation explanation, DateClaim? stated, DateClaim? url, SeenDate seen)
    {
        if (stated is not null) explanation.Note($"date: structured {Show(stated)}");
        if (url is not null) explanation.Note($"date: url {Show(url)}");
        if (seen.Published is not null) explanation.Note($"date: seen {seen.Support:0.0} {Show(seen.Published)}");
        if (seen.Updated is not null) explanation.Note($"date: seen as update {Show(seen.Updated)}");
    }

    /// <summary>Does another structured claim state the day that the reader sees, against the JSON-LD?</summary>
    private static bool IsOutvoted(DateClaim? stated, SeenDate seen, IReadOnlyList<DateClaim> claims) =>
        stated is { Origin: Origins.JsonLd } && seen.Published is { } published
        && claims.Any(claim => claim.Role == DateRole.Published && claim.Origin is Origins.Meta or Origins.Microdata && claim.Date.Day == published.Date.Day);

    /// <summary>
    /// Is the claim the moment at which a site builder put the page out? It writes the same moment, or one before, as the last change. Only an earlier day
    /// speaks against it.
    /// </summary>
    private static bool IsStamp(DateClaim stated, SeenDate seen, IReadOnlyList<DateClaim> claims) =>
        seen.Published?.Date.Day < stated.Date.Day
        && claims.Any(claim => claim.Role == DateRole.Modified && claim.Origin == stated.Origin
            && (claim.Date.Day < stated.Date.Day || claim.Date.At <= stated.Date.At));

    // Names that templates fill with whatever date is at hand.
    private static bool IsVague(DateClaim? stated) => stated is { Origin: Origins.Meta, Where: "date" or "dc.date" or "dcterms.date" };

    /// <summary>The last modification; null when none is stated, or none after the publication.</summary>
    public static PageDate? Modified(IReadOnlyList<DateClaim> claims, PageDate? published)
    {
        var modified = StructuredOrigins
            .Select(origin => claims.FirstOrDefault(claim => claim.Origin == origin && claim.Role == DateRole.Modified))
            .FirstOrDefault(static claim => claim is not null);
        return modified is null || modified.Date.Day < published?.Date.Day ? null : new PageDate(modified.Date, modified.Origin);
    }

    private static DateClaim? Structured(IReadOnlyList<DateClaim> claims, DateRole role) =>
        StructuredOrigins.Select(
            origin => claims.FirstOrDefault(claim => claim.Origin == origin && claim.Role == role)).FirstOrDefault(static claim => claim is not null);

    /// <summary>The structured date, or the day of what corrects it.</summary>
    private static PageDate Agreed(DateClaim stated, DateClaim? correction)
    {
        if (correction is null || correction.Date.Day == stated.Date.Day) return new PageDate(stated.Date, stated.Origin);
        return Days(stated, correction) <= 1
            ? new PageDate(
                correction.Date with { At = correction.Date.At ?? stated.Date.At, ZoneStated = correction.Date.ZoneStated || stated.Date.ZoneStated },
                correction.Origin)
            : new PageDate(correction.Date, correction.Origin);
    }

    private static int Days(DateClaim left, DateClaim right) => Math.Abs(left.Date.Day.DayNumber - right.Date.Day.DayNumber);

    private static string Show(DateClaim claim) => string.Create(CultureInfo.InvariantCulture, $"{claim.Date.Day:yyyy-MM-dd} {claim.Origin} {claim.Where}");
}
