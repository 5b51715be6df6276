using System.Threading.Tasks;
using Ingest.Worker.Storage.Overview;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Operations.Metering;

/// <summary>What the database tells, asked for at most once in 15 s, however many ask.</summary>
internal sealed partial class OverviewCache(OverviewStore store, IOptions<OperationsOptions> options, TimeProvider time, ILogger<OverviewCache> log)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    // A database that answers later than this is told of by what it said before.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private Task asking = Task.CompletedTask;
    private long? asked;

    /// <summary>What it said last; nothing before the first answer, or when that is too long ago to be told.</summary>
    public DatabaseOverview Latest { get; private set; } = DatabaseOverview.None;

    /// <summary>Brings it up to date where that is due, and waits for it a moment.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        Task now;
        lock (gate)
        {
            if (asking.IsCompleted && (asked is null || time.GetElapsedTime(asked.Value) >= Every))
            {
                asked = time.GetTimestamp();
                asking = AskAsync();
            }

            now = asking;
        }

        await Task.WhenAny(now, Task.Delay(Patience, time, ct));
    }

    private async Task AskAsync()
    {
        using var patience = new CancellationTokenSource(2 * Patience, time);
        try
        {
            Latest = await store.LoadAsync(time.GetUtcNow(), options.Value.SourcesInMetrics, patience.Token);
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
        {
            // Old numbers would look like a database that is well.
            Latest = DatabaseOverview.None;
            LogUnanswered(log, error.Message);
        }
    }

    [LoggerMessage(902, LogLevel.Warning, "The database does not tell what metrics need: {Error}")]
    private static partial void LogUnanswered(ILogger logger, string error);
}
