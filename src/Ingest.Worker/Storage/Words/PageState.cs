using Ingest.Text;

namespace Ingest.Worker.Storage.Words;

/// <summary>How it stands with the page of an article.</summary>
internal enum PageState
{
    [Word("none", "not wanted")]
    None,

    [Word("waiting")]
    Waiting,

    [Word("read")]
    Read,

    [Word("failed", "given up")]
    Failed,

    [Word("rejected", "not an article's page")]
    Rejected,
}
