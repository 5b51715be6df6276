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

    [Word("failing", "it has not answered for a day")]
    Failing,

    [Word("recovered")]
    Recovered,

    [Word("silent", "no news for longer than it leaves gaps by itself")]
    Silent,

    [Word("heard", "news again after that")]
    Heard,

    [Word("drifting", "its articles are no longer what they were")]
    Drifting,

    [Word("steady", "they are again, or it is usual by now")]
    Steady,

    [Word("entries_missed")]
    EntriesMissed,

    [Word("validators_doubted")]
    ValidatorsDoubted,

    [Word("validators_distrusted")]
    ValidatorsDistrusted,

    [Word("validators_trusted")]
    ValidatorsTrusted,
}
