using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Fetching.Requests;

/// <summary>What one fetch has spent: attempts, bytes, and network time against its total.</summary>
/// <param name="total">Its time.</param>
/// <param name="request">What it is made for.</param>
/// <param name="memory">What holds its body.</param>
internal sealed class FetchBudget(TimeSpan total, FetchRequest request, MemoryShare memory)
{
    private TimeSpan spent;

    public int Attempts { get; private set; }

    public long WireBytes { get; private set; }

    public TimeSpan Left => Total - spent;

    /// <summary>Its time; a request that may take longer than usual has it.</summary>
    public TimeSpan Total { get; } = request.Manner.Timeout > total ? request.Manner.Timeout.Value : total;

    /// <summary>How long the next request may take.</summary>
    /// <param name="usual">Where the source says nothing else.</param>
    public TimeSpan Next(TimeSpan usual) => request.Manner.Timeout is var own && Left < (own ?? usual) ? Left : own ?? usual;

    public string? Owner => request.Owner;

    /// <summary>It is asked for again at its source's next poll.</summary>
    public bool IsPolled => request.Kind == FetchKind.Feed;

    /// <summary>Whether a request may leave now; one that follows another always may.</summary>
    public bool MayBegin => Attempts > 0 || request.MayBegin is not { } may || may();

    public MemoryShare Memory => memory;

    /// <summary>Runs one attempt and charges it.</summary>
    public async Task<Answers.Exchange> ChargeAsync(HttpExchange exchange, OutgoingRequest outgoing, Attempt attempt)
    {
        Attempts++;
        try
        {
            var brought = await exchange.SendAsync(outgoing, attempt);
            WireBytes += brought.WireBytes;
            return brought;
        }
        finally
        {
            spent += attempt.Elapsed;
        }
    }

    public void ChargeWait(TimeSpan wait) => spent += wait;
}
