using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Ingestion.Settings;

/// <summary>What reading a document may cost: section <c>Ingest:Reading</c>.</summary>
internal sealed class ReadingOptions
{
    public const string Section = "Ingest:Reading";

    /// <summary>
    /// Processor time that reading one feed, sitemap or page may take; one that takes longer is refused, and says so. The largest honest documents take a
    /// second or two. Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(5);
}
