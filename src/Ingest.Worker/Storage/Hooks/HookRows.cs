using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Hooks;

/// <summary>Where a webhook stands.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it is served.</param>
/// <param name="Cursor">Of the log of changes.</param>
/// <param name="EventCursor">Of the events of sources.</param>
/// <param name="Attempts">Deliveries of the next message that failed in a row.</param>
/// <param name="NextAttemptAt">When it is tried again; null for at once.</param>
/// <param name="CaughtUpAt">When there was last nothing left.</param>
internal sealed record HookPlace(
    string Name, HookState State, string Cursor, string EventCursor, int Attempts, DateTimeOffset? NextAttemptAt, DateTimeOffset CaughtUpAt);

/// <summary>A change of an article, with the article as it is now.</summary>
/// <param name="Cursor">The cursor after it.</param>
/// <param name="Kind">As in the log of changes.</param>
/// <param name="ArticleId">The article.</param>
/// <param name="Revision">Its version after the change.</param>
/// <param name="Article">The article; null where it is there no more.</param>
/// <param name="Matches">Whether it answers the question that was asked with.</param>
internal sealed record HookChange(string Cursor, string Kind, long ArticleId, int Revision, HookArticle? Article, bool Matches);

/// <summary>What is told of an article.</summary>
internal sealed record HookArticle(
    string Url, string Title, string Description, DateOnly PublishedOn, DateTimeOffset? PublishedAt, string? Language, IReadOnlyList<string> Authors,
    int WordCount, DateTimeOffset FirstSeenAt, DateTimeOffset UpdatedAt, DateTimeOffset? RetractedAt, string? Retraction, string? Source,
    IReadOnlyList<string> Tags);

/// <summary>An event of a source.</summary>
internal sealed record HookSourceEvent(
    string Cursor, long Id, SourceEventKind Kind, DateTimeOffset At, string Detail, string Source, string Url, IReadOnlyList<string> Tags);

/// <summary>How a batch of messages was delivered.</summary>
/// <param name="Cursor">The cursor after the last that need not be delivered again.</param>
/// <param name="Sent">Messages that were delivered.</param>
internal sealed record HookProgress(string Cursor, int Sent)
{
    /// <summary>Why the next one was not delivered; null when nothing failed.</summary>
    public string? Error { get; init; }

    /// <summary>The next one was given up: the cursor is behind it.</summary>
    public bool GaveUp { get; init; }

    /// <summary>The receiver wants nothing any more.</summary>
    public bool IsDisabled { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }
}
