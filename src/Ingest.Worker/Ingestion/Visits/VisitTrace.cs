using System.Diagnostics;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>Spans of visits, one for each step, where somebody listens: the visit, its fetch, its reading and its saving.</summary>
internal static class VisitTrace
{
    public const string SourceName = "Ingest.Worker";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span, which ends when it is disposed; null where nobody listens.</summary>
    /// <param name="step">What is done.</param>
    /// <param name="source">The source that is visited; null where the span above tells it.</param>
    public static Activity? Begin(string step, string? source = null)
    {
        var span = Source.StartActivity(step);
        return source is null ? span : span?.SetTag("ingest.source", source);
    }
}
