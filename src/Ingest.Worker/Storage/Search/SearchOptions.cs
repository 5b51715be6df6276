using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Storage.Search;

/// <summary>What the full-text search finds articles by.</summary>
internal enum SearchScope
{
    /// <summary>The index is not kept.</summary>
    Off,

    /// <summary>Title, headline and description, or else the lead.</summary>
    Headlines,

    /// <summary>The body too: several times the work and the space.</summary>
    Body,
}

/// <summary>The full-text search: section <c>Ingest:Search</c>.</summary>
internal sealed class SearchOptions
{
    public const string Section = "Ingest:Search";

    /// <summary>How much of an article is indexed; after a change the index is rebuilt in the background. Default Headlines.</summary>
    public SearchScope Scope { get; init; } = SearchScope.Headlines;

    /// <summary>How often the index is brought up to date. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);
}
