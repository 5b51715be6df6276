using System.Globalization;
using CodeHollow.FeedReader.Feeds;

namespace Ingest.Feeds.Channels;

/// <summary>Reads what a feed asks of its readers about polling: RSS ttl, skipHours and skipDays, RDF Site Summary's syndication module.</summary>
internal static class RefreshHintReader
{
    // A ttl of a century is a slip, not a wish.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    public static RefreshHints Read(string? ttl, Syndication? syndication, ICollection<string>? skipHours, ICollection<string>? skipDays)
    {
        var interval = Minutes(ttl) ?? Period(syndication);
        var hours = (skipHours ?? []).Take(48).Select(Hour).Where(static hour => hour >= 0).Distinct().Order().ToList();
        var days = (skipDays ?? []).Take(14).Select(Day).OfType<DayOfWeek>().Distinct().Order().ToList();
        return interval is null && hours.Count == 0 && days.Count == 0 ? RefreshHints.None : new RefreshHints(interval, hours, days);
    }

    private static TimeSpan? Minutes(string? ttl) =>
        int.TryParse(ttl?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) && minutes > 0
            ? Capped(TimeSpan.FromMinutes(minutes))
            : null;

    private static TimeSpan? Period(Syndication? syndication)
    {
        var period = syndication?.UpdatePeriod?.Trim().ToLowerInvariant() switch
        {
            "hourly" => TimeSpan.FromHours(1),
            "daily" => TimeSpan.FromDays(1),
            "weekly" => TimeSpan.FromDays(7),
            "monthly" => TimeSpan.FromDays(30),
            "yearly" => TimeSpan.FromDays(365),
            _ => (TimeSpan?)null,
        };
        if (period is null) return null;
        return int.TryParse(syndication!.UpdateFrequency?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0
            ? period / times
            : period;
    }

    private static TimeSpan Capped(TimeSpan interval) => interval < Longest ? interval : Longest;

    // The RSS 0.91 of UserLand counts hours from 1 to 24.
    private static int Hour(string text) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24 ? hour % 24 : -1;

    private static DayOfWeek? Day(string text) => text?.Trim().ToLowerInvariant() switch
    {
        "monday" or "mon" => DayOfWeek.Monday,
        "tuesday" or "tue" => DayOfWeek.Tuesday,
        "wednesday" or "wed" => DayOfWeek.Wednesday,
        "thursday" or "thu" => DayOfWeek.Thursday,
        "friday" or "fri" => DayOfWeek.Friday,
        "saturday" or "sat" => DayOfWeek.Saturday,
        "sunday" or "sun" => DayOfWeek.Sunday,
        _ => null,
    };
}
