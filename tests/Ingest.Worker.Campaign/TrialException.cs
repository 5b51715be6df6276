namespace Ingest.Worker.Campaign;

/// <summary>The trial itself cannot go on; its message is one sentence.</summary>
internal sealed class TrialException(string message) : Exception(message);
