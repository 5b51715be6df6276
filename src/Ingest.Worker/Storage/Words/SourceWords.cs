using Ingest.Text;

namespace Ingest.Worker.Storage.Words;

/// <summary>Whether a source is polled.</summary>
internal enum SourceState
{
    [Word("active")]
    Active,

    [Word("paused", "by hand")]
    Paused,

    [Word("disabled", "left the configuration")]
    Disabled,

    [Word("gone", "the publisher answered 410; asked once in a while whether it is back")]
    Gone,
}

/// <summary>What can happen to a source beyond its daily business.</summary>
internal enum SourceEventKind
{
    [Word("moved")]
    Moved,

    [Word("renamed")]
    Renamed,

    [Word("gone")]
    Gone,

    [Word("returned")]
    Returned,

    [Word("quarantined")]
    Quarantined,

    [Word("recovered")]
    Recovered,

    [Word("entries_missed")]
    EntriesMissed,

    [Word("validators_doubted")]
    ValidatorsDoubted,

    [Word("validators_distrusted")]
    ValidatorsDistrusted,

    [Word("validators_trusted")]
    ValidatorsTrusted,
}
