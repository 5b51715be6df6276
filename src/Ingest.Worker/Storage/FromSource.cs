namespace Ingest.Worker.Storage;

/// <summary>A row, and the source through which it came; null for an archive.</summary>
internal readonly record struct FromSource<T>(int? SourceId, T Row);
