namespace Ingest.Worker.Storage.Cluster;

/// <summary>Where the clustered schedule keeps its tables.</summary>
internal static class QuartzSchema
{
    public const string TablePrefix = "quartz.qrtz_";

    /// <summary>The key under which its connections are registered.</summary>
    public const string Connections = "schedule";
}
