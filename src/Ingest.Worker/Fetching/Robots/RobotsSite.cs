using System.Threading.Tasks;
using Ingest.Worker.Fetching.Answers;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>Fetches a file of a site, conditionally where a copy is at hand.</summary>
internal delegate Task<FetchResult> FetchKept(Uri file, Validators? kept, CancellationToken ct);

/// <summary>What is known of one site's robots.txt. Spans of time are those of the gate's clock, which does not jump.</summary>
internal sealed class RobotsSite
{
    // Never disposed: without a wait handle it holds nothing to release.
    public SemaphoreSlim Gate { get; } = new(1);

    public RobotsRules? Rules { get; set; }

    /// <summary>Those of the text that the rules were read from.</summary>
    public Validators? Validators { get; set; }

    public TimeSpan UseUntil { get; set; }

    public TimeSpan? OutOfReachSince { get; set; }

    public DateTimeOffset LearnedAt { get; set; }

    /// <summary>Why there are no newer rules.</summary>
    public Exchange.Fault? Fault { get; set; }
}
