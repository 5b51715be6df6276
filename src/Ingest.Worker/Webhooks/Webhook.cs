using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Storage.Hooks;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Webhooks;

/// <summary>A webhook as it is configured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where it posts to.</param>
/// <param name="Secret">Where its secret is found.</param>
internal sealed record Webhook(string Name, Uri Url, string Secret)
{
    public IReadOnlySet<HookEvent> Events { get; init; } = Enum.GetValues<HookEvent>().ToHashSet();

    public IReadOnlySet<string> Sources { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Tags { get; init; } = new HashSet<string>();

    public IReadOnlySet<string> Languages { get; init; } = new HashSet<string>();

    public string Query { get; init; } = "";

    public bool IsEnabled { get; init; } = true;

    /// <summary>What it is told of a change; null for nothing.</summary>
    public WebhookMessage? Of(HookChange change)
    {
        var kind = KindOf(change);
        if (kind is null || !Events.Contains(kind.Value)) return null;

        // Of an article that is there no more nobody knows whose it was.
        if (change.Article is not { } article) return HasFilters ? null : WebhookMessage.Of(kind.Value, change);
        var isWanted = change.Matches && IsOfSource(article.Source, article.Tags)
            && (Languages.Count == 0 || (article.Language is { } tag && (Languages.Contains(tag) || Languages.Contains(tag.Split('-')[0]))));
        return isWanted ? WebhookMessage.Of(kind.Value, change) : null;
    }

    /// <summary>What it is told of an event of a source; null for nothing.</summary>
    public WebhookMessage? Of(HookSourceEvent happened) =>
        KindOf(happened.Kind) is { } kind && Events.Contains(kind) && IsOfSource(happened.Source, happened.Tags) ? WebhookMessage.Of(kind, happened) : null;

    private bool HasFilters => Sources.Count + Tags.Count + Languages.Count > 0 || Query.Length > 0;

    private bool IsOfSource(string? source, IReadOnlyList<string> tags)
    {
        if (Tags.Count > 0 && !tags.Any(Tags.Contains)) return false;
        if (Sources.Count == 0) return true;
        for (; source is not null; source = source[..^SourceList.FoundSuffix])
        {
            if (Sources.Contains(source)) return true;
            if (!SourceList.IsFound(source)) break;
        }

        return false;
    }

    private static HookEvent? KindOf(HookChange change) => change switch
    {
        { Kind: "removed" } => HookEvent.ArticleRemoved,
        { Article: null } => null,
        { Kind: "added" } => HookEvent.ArticleAdded,
        { Kind: "completed" } => HookEvent.ArticleCompleted,
        { Kind: "revised" } => HookEvent.ArticleRevised,
        { Kind: "marked", Article.RetractedAt: not null } => HookEvent.ArticleRetracted,
        _ => null,
    };

    private static HookEvent? KindOf(SourceEventKind kind) => kind switch
    {
        SourceEventKind.Failing or SourceEventKind.Quarantined => HookEvent.SourceFailing,
        SourceEventKind.Silent => HookEvent.SourceSilent,
        SourceEventKind.Drifting => HookEvent.SourceDrifting,
        SourceEventKind.EntriesMissed => HookEvent.SourceMissingEntries,
        SourceEventKind.Recovered or SourceEventKind.Returned or SourceEventKind.Heard or SourceEventKind.Steady => HookEvent.SourceRecovered,
        SourceEventKind.Moved => HookEvent.SourceMoved,
        SourceEventKind.Gone => HookEvent.SourceGone,
        _ => null,
    };
}
