namespace Ingest.Worker.Fetching;

/// <summary>What is fetched decides the Accept header and the size cap.</summary>
internal enum FetchKind
{
    Feed,
    Page,
    Robots,
}

/// <summary>One thing to fetch.</summary>
/// <param name="Url">Absolute http(s) URL.</param>
/// <param name="Kind">Feed, page or robots.txt.</param>
/// <param name="Validators">The validators of the last full answer, sent back exactly as received; null for an unconditional request.</param>
/// <param name="Headers">Extra request headers of the source.</param>
internal sealed record FetchRequest(Uri Url, FetchKind Kind, Validators? Validators, IReadOnlyDictionary<string, string>? Headers = null);

/// <summary>HTTP validators byte for byte as the server sent them, and the URL they belong to.</summary>
internal sealed record Validators(string? ETag, string? LastModified);
