namespace Ingest.Worker.Webhooks;

/// <summary>A webhook, to which events are posted: <c>Ingest:Webhooks:NAME</c>.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Ingest:Webhooks:NAME";

    /// <summary>Absolute http(s) URL to which each event is posted. Required.</summary>
    public string? Url { get; init; }

    /// <summary>
    /// Where its secret is found, <c>env:NAME</c> or <c>file:/path</c>: <c>whsec_</c> and 24 to 64 bytes in base64, or several of these parted by blanks while
    /// one is replaced by another. Required.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>
    /// Which events: <c>article.added</c>, <c>article.completed</c>, <c>article.revised</c>, <c>article.retracted</c>, <c>article.removed</c>,
    /// <c>source.failing</c>, <c>source.silent</c>, <c>source.drifting</c>, <c>source.missing_entries</c>, <c>source.recovered</c>, <c>source.moved</c>,
    /// <c>source.gone</c>. Without any, all. Default none.
    /// </summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Only of these sources, by name, and of those found through them. Default none.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Only of sources with one of these tags. Default none.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only articles in one of these languages, as <c>en</c>. Default none.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Only articles that a search for this would find. Default none: all.</summary>
    public string? Query { get; init; }

    /// <summary>False posts nothing; what happens meanwhile is posted when it is true again. Default true.</summary>
    public string? Enabled { get; init; }
}
