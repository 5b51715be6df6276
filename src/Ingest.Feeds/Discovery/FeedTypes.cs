using System.Collections.Frozen;

namespace Ingest.Feeds.Discovery;

/// <summary>Media types by which pages announce feeds.</summary>
internal static class FeedTypes
{
    private static readonly FrozenSet<string> Types = new[]
    {
        "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json", "application/xml", "text/xml",
        "application/x.atom+xml", "application/x-atom+xml", "application/x-rss+xml", "text/rss+xml", "text/atom+xml", "text/rss", "application/rss",
        "application/atom", "application/x-netcdf", "application/cdf",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OfAnything =
        new[] { "application/json", "application/xml", "text/xml" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for a type that feeds have, parameters aside.</summary>
    public static bool Contains(string? type) => Bare(type) is { } bare && Types.Contains(bare);

    /// <summary>True for a type that only feeds have.</summary>
    public static bool IsFeeds(string? type) => Contains(type) && !OfAnything.Contains(Bare(type)!);

    private static string? Bare(string? type) => type?.Split(';')[0].Trim();
}
