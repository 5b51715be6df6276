using System.ComponentModel.DataAnnotations;

namespace Ingest.Worker.Operations;

/// <summary>How the worker shows that it lives: section <c>Ingest:Operations</c>.</summary>
internal sealed class OperationsOptions
{
    public const string Section = "Ingest:Operations";

    /// <summary>
    /// A file in which the service writes how it is; <c>status --health</c> reads it. Default: one for each process in a folder of this user's own,
    /// <c>/run/ingest-worker</c> for root, else <c>ingest-worker-USER</c> in the folder for temporary files.
    /// </summary>
    [MinLength(1)]
    public string? HeartbeatFile { get; init; }

    /// <summary>How often it is written. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan HeartbeatEvery { get; init; } = TimeSpan.FromSeconds(10);
}
