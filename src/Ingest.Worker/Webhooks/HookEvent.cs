using Ingest.Text;

namespace Ingest.Worker.Webhooks;

/// <summary>What a webhook may be told of.</summary>
internal enum HookEvent
{
    [Word("article.added")]
    ArticleAdded,

    [Word("article.completed")]
    ArticleCompleted,

    [Word("article.revised")]
    ArticleRevised,

    [Word("article.retracted")]
    ArticleRetracted,

    [Word("article.removed")]
    ArticleRemoved,

    [Word("source.failing")]
    SourceFailing,

    [Word("source.silent")]
    SourceSilent,

    [Word("source.drifting")]
    SourceDrifting,

    [Word("source.missing_entries")]
    SourceMissingEntries,

    [Word("source.recovered")]
    SourceRecovered,

    [Word("source.moved")]
    SourceMoved,

    [Word("source.gone")]
    SourceGone,
}
