using System.Collections.Concurrent;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Sources;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>
/// Sources with one URL that are asked alike: whichever is due is asked for all of them, and each sees the answer. Their visits follow one another, and one
/// whose row was written since it was found to be due has seen what it would ask for.
/// </summary>
internal sealed class TwinVisits(SourceAccess access, SourceStore store)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, (DateTimeOffset At, VisitReport Report)> seen = new();

    /// <summary>Begins the visit of a source, when those of its twins have ended.</summary>
    public async ValueTask<Turn> EnterAsync(Source source, CancellationToken ct)
    {
        var others = access.TwinsOf(source);
        if (others.Count == 0) return new Turn(store, seen, source, others, null);

        // One gate for all names of the group, whichever of them comes first.
        var gate = gates.GetOrAdd(others.Append(source.Name).Min(StringComparer.Ordinal)!, static _ => new SemaphoreSlim(1));
        await gate.WaitAsync(ct);
        return new Turn(store, seen, source, others, gate);
    }

    /// <summary>One visit's turn.</summary>
    internal sealed class Turn(
        SourceStore store, ConcurrentDictionary<int, (DateTimeOffset At, VisitReport Report)> reports, Source source, IReadOnlyList<string> others,
        SemaphoreSlim? gate) : IDisposable
    {
        // PostgreSQL keeps microseconds.
        private static readonly TimeSpan Rounding = TimeSpan.FromMilliseconds(1);

        /// <summary>How the visit went that the source was part of since it was loaded; null for none.</summary>
        public VisitReport? Seen =>
            gate is not null && reports.TryGetValue(source.Id, out var last) && !(source.LastPolledAt >= last.At - Rounding) ? last.Report : null;

        /// <summary>The twins to which the answer speaks as well.</summary>
        public async Task<IReadOnlyList<Source>> WhoSeeAsync(Asked asked, CancellationToken ct) =>
            gate is null
                ? []
                : [.. (await store.LoadActiveAsync(others, ct)).Where(twin => twin.Id != source.Id && twin.Url == source.Url && asked.SpeaksTo(twin, source))];

        /// <summary>Notes that a twin was part of the visit.</summary>
        public void Saw(Source twin, DateTimeOffset at, VisitReport report) => reports[twin.Id] = (at, report);

        public void Dispose() => gate?.Release();
    }
}
