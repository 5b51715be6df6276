namespace Ingest.Worker.Storage;

/// <summary>Where the clustered schedule keeps its tables.</summary>
internal static class QuartzSchema
{
    public const string TablePrefix = "quartz.qrtz_";
}
