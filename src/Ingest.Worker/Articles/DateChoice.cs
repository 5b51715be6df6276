using Ingest.Pages;
using Ingest.Text;

namespace Ingest.Worker.Articles;

/// <summary>Chooses between the feed's date and the page's.</summary>
/// <param name="Day">The publisher's calendar day; null when nobody stated one.</param>
/// <param name="At">The stated moment; null when only a day was stated.</param>
/// <param name="Source">As in <see cref="DatedArticle.DateSource"/>.</param>
internal sealed record DateChoice(DateOnly? Day, DateTimeOffset? At, string Source)
{
    private static readonly TimeSpan SameEvent = TimeSpan.FromHours(36);

    /// <summary>
    /// Feeds give most dates in UTC, pages in the publisher's own offset or as a day, so that within a day and a half of each other the page names the day (and
    /// the feed keeps the moment when the page has none). Further apart they mean different events: the earlier one is the publication, since feeds redate
    /// entries and pages are republished; but a date that only stood in visible text or in a bare time element beats the feed's only where that is the
    /// later day of an update.
    /// </summary>
    public static DateChoice Between(DatedArticle fromFeed, PageDate? page)
    {
        var feed = new DateChoice(fromFeed.PublishedOn, fromFeed.PublishedAt, fromFeed.DateSource);
        if (page is null) return feed;
        var stated = new DateChoice(page.Date.Day, page.Date.At, page.Origin);
        if (feed.Day is not { } day) return stated;
        // An Atom entry may state only when it was updated: then any earlier day of the page is the publication.
        var feedIsUpdate = fromFeed.PublishedAt is { } at && at == fromFeed.ModifiedAt;
        if (feedIsUpdate && stated.Day < day) return stated;
        if (Apart(feed, stated) <= SameEvent) return InSameEvent(feed, stated, page);
        if (page.Origin is Origins.Visible or Origins.Time) return feed;
        return stated.Day < day || feedIsUpdate ? stated : feed;
    }

    private static DateChoice InSameEvent(DateChoice feed, DateChoice stated, PageDate page)
    {
        if (stated.At is null) return stated with { At = feed.At };
        // A moment in UTC says nothing of the publisher's day; one with an offset does.
        var feedKnowsOffset = feed.At is { } at && at.Offset != TimeSpan.Zero;
        var pageKnowsOffset = page.Date.ZoneStated && stated.At.Value.Offset != TimeSpan.Zero;
        return feedKnowsOffset && !pageKnowsOffset ? feed : stated;
    }

    private static TimeSpan Apart(DateChoice left, DateChoice right)
    {
        if (left.At is { } first && right.At is { } second) return (first - second).Duration();
        return TimeSpan.FromDays(Math.Abs(left.Day!.Value.DayNumber - right.Day!.Value.DayNumber));
    }
}
