using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Wire;

/// <summary>
/// Until when this worker may ask its hosts. In a cluster its lease on them has to be renewed; one that lapsed, as after the process was held up,
/// may have passed to another worker, so no request begins before it is known what is still ours. Without renewals it never lapses.
/// </summary>
internal sealed class WorkerLease(TimeProvider time)
{
    private volatile Term? term;

    /// <summary>Whether a request may be sent now.</summary>
    public bool IsHeld => term is not { } current || !HasLapsed(current);

    /// <summary>Makes the lease one that lapses; it has lapsed until it is first renewed.</summary>
    public void Limit() => term = new Term(0, TimeSpan.Zero, DateTimeOffset.MinValue);

    /// <summary>Renews the lease.</summary>
    /// <param name="since">The timestamp from which the term counts: before it was asked for, not when the answer came.</param>
    /// <param name="length">The term.</param>
    public void Renew(long since, TimeSpan length)
    {
        var before = term;
        term = new Term(since, length, time.GetUtcNow() + (length - time.GetElapsedTime(since)));
        before?.Renewed.TrySetResult();
    }

    /// <summary>Returns when a request may begin: at once, or after the next renewal.</summary>
    public async ValueTask AwaitAsync(CancellationToken ct)
    {
        while (term is { } current && HasLapsed(current)) await current.Renewed.Task.WaitAsync(ct);
        ct.ThrowIfCancellationRequested();
    }

    // Some clocks stand still while the machine sleeps, and others jump: either that has run out is enough.
    private bool HasLapsed(Term term) => time.GetElapsedTime(term.Since) >= term.Length || time.GetUtcNow() >= term.Until;

    private sealed record Term(long Since, TimeSpan Length, DateTimeOffset Until)
    {
        public TaskCompletionSource Renewed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
