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

    /// <summary>True for a feed's type, parameters aside.</summary>
    public static bool Contains(string? type)
    {
        var bare = type?.Split(';')[0].Trim();
        return bare is not null && Types.Contains(bare);
    }
}
