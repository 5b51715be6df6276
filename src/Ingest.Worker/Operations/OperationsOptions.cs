using System.ComponentModel.DataAnnotations;
using System.IO;

namespace Ingest.Worker.Operations;

/// <summary>How the worker shows that it lives: section <c>Ingest:Operations</c>.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Ingest:Operations";

    /// <summary>A file that the service touches while it can work; <c>status --health</c> looks at it. Default <c>ingest-worker.alive</c> in the folder for temporary files.</summary>
    [Required]
    public string HeartbeatFile { get; init; } = Path.Combine(Path.GetTempPath(), "ingest-worker.alive");

    /// <summary>How often it is touched. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(10);
}
