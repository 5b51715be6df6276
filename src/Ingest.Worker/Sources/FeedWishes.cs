namespace Ingest.Worker.Sources;

/// <summary>What a feed's wish to be asked more rarely (ttl, sy:*, caching headers) counts against its source's own interval or schedule.</summary>
internal enum FeedWishes
{
    /// <summary>The longer of both holds.</summary>
    Honoured,

    /// <summary>The source's own holds; Retry-After, refusals and skipped hours are obeyed all the same.</summary>
    Overruled,
}
