using Ingest.Worker.Fetching;
using Ingest.Worker.Sources;

namespace Ingest.Worker.Ingestion;

/// <summary>What was asked for a source, and what came.</summary>
internal sealed record Asked(RevalidationMode Mode, FetchRequest Request, FetchResult Result, DateTimeOffset StartedAt)
{
    /// <summary>Whether it was asked for another source with the same URL.</summary>
    public bool IsOthers { get; private init; }

    /// <summary>
    /// The same as another source with the URL sees it: to one that would have sent other validators, a full answer is one that it asked for as a whole.
    /// </summary>
    public Asked For(Source twin, Source source) =>
        this with { IsOthers = true, Mode = HasSameValidators(twin, source) ? Mode : RevalidationMode.Whole };

    /// <summary>Whether the answer speaks to another source too: a 304, or what is new alone, only to one that would have sent the same validators.</summary>
    public bool SpeaksTo(Source twin, Source source) =>
        Result is not (FetchResult.NotModified or FetchResult.Fetched { IsPart: true }) || HasSameValidators(twin, source);

    private static bool HasSameValidators(Source twin, Source source) =>
        (twin.ETag, twin.LastModified, twin.ValidatorsUrl) == (source.ETag, source.LastModified, source.ValidatorsUrl);
}
