using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>What one fetch has spent: attempts, bytes, and network time against its total.</summary>
internal sealed class FetchBudget(TimeSpan total, TimeProvider time)
{
    private TimeSpan spent;

    public int Attempts { get; private set; }

    public long WireBytes { get; private set; }

    public TimeSpan Left => total - spent;

    /// <summary>Runs one attempt and charges it.</summary>
    public async Task<Answers.Exchange> ChargeAsync(Func<Task<Answers.Exchange>> attempt)
    {
        var start = time.GetTimestamp();
        Attempts++;
        try
        {
            var exchange = await attempt();
            WireBytes += exchange.WireBytes;
            return exchange;
        }
        finally
        {
            spent += time.GetElapsedTime(start);
        }
    }

    public void ChargeWait(TimeSpan wait) => spent += wait;
}
