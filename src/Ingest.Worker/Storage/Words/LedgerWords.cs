using Ingest.Text;

namespace Ingest.Worker.Storage.Words;

/// <summary>What a fetch was made for.</summary>
internal enum LedgerKind
{
    [Word("feed")]
    Feed,

    [Word("page")]
    Page,

    [Word("archive", "older documents of a feed, or a news sitemap, that may hold missed entries")]
    Archive,

    [Word("guess", "an address at which a feed may be")]
    Guess,

    [Word("robots", "robots.txt")]
    Robots,

    [Word("tdm", "tdmrep.json")]
    Tdm,
}

/// <summary>How a fetch ended.</summary>
internal enum FetchOutcome
{
    [Word("fetched")]
    Fetched,

    [Word("not_modified")]
    NotModified,

    [Word("failed")]
    Failed,
}

/// <summary>
/// What may be wrong with what was fetched. The cause of a fetch that failed is the name of what the web did, or of an error that nobody expected.
/// </summary>
internal static class LedgerCauses
{
    /// <summary>It is no feed.</summary>
    public const string Unreadable = "Unreadable";

    /// <summary>It is no article's page.</summary>
    public const string Rejected = "Rejected";

    /// <summary>PostgreSQL does not take it.</summary>
    public const string Refused = "Refused";
}
