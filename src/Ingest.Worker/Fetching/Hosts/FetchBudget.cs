using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>What one fetch has spent: attempts, bytes, and network time against its total.</summary>
/// <param name="total">Its time.</param>
/// <param name="owner">For whom it is made: owners take turns. Null for the host itself.</param>
/// <param name="memory">What holds its body.</param>
internal sealed class FetchBudget(TimeSpan total, string? owner, MemoryShare memory)
{
    private TimeSpan spent;

    public int Attempts { get; private set; }

    public long WireBytes { get; private set; }

    public TimeSpan Left => total - spent;

    public string? Owner => owner;

    public MemoryShare Memory => memory;

    /// <summary>Runs one attempt and charges it.</summary>
    public async Task<Answers.Exchange> ChargeAsync(HttpExchange exchange, OutgoingRequest request, Attempt attempt)
    {
        Attempts++;
        try
        {
            var brought = await exchange.SendAsync(request, attempt);
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
