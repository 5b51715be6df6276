using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage.Saving;

/// <summary>
/// Lets saves that come together share a commit: while one is under way the others gather, and under load the next one waits a moment for more.
/// A save that spoils a shared commit is found by halving; what of it PostgreSQL refuses, the rescue leaves out.
/// </summary>
internal sealed partial class GroupCommit<T>(
    Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<T>>> save, Func<T, Exception, CancellationToken, Task<T>> rescue, Func<T, long> weight,
    Database database)
{
    // Enough for the cost of a commit to vanish, few enough for its locks to be short.
    private const int MostItems = 200;

    // Characters of text in one commit: bounds memory and the length of a transaction.
    private const long MostWeight = 8 << 20;

    private readonly Lock gate = new();
    private readonly LinkedList<Pending> waiting = [];
    private long? busySince;
    private bool shared;

    /// <summary>How long the oldest save has been waiting for its commit.</summary>
    public TimeSpan Lag
    {
        get
        {
            lock (gate)
            {
                var since = busySince ?? waiting.First?.Value.Since;
                return since is { } start ? database.Time.GetElapsedTime(start) : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Saves; returns, when it is committed, what was saved. Cancelled before its commit began, it is not saved.</summary>
    public async Task<T> SaveAsync(T item, CancellationToken ct)
    {
        var pending = new Pending(item, database.Time.GetTimestamp(), ct);
        lock (gate)
        {
            waiting.AddLast(pending);
            if (busySince is null)
            {
                busySince = pending.Since;
                _ = CommitAllAsync();
            }
        }

        return await pending.Done.Task.WaitAsync(ct);
    }

    private async Task CommitAllAsync()
    {
        // Off the caller's stack: it waits for its own save only.
        await Task.Yield();
        while (true)
        {
            if (shared && database.Options.SaveLinger > TimeSpan.Zero) await Task.Delay(database.Options.SaveLinger, CancellationToken.None);
            var taken = Take();
            if (taken.Count > 0) await CommitAsync(taken);
            shared = taken.Count > 1;
            lock (gate)
            {
                busySince = waiting.First?.Value.Since;
                if (busySince is null) return;
            }
        }
    }

    private List<Pending> Take()
    {
        lock (gate)
        {
            var taken = new List<Pending>();
            var room = MostWeight;
            while (waiting.First is { Value: var next } && taken.Count < MostItems && (taken.Count == 0 || weight(next.Item) <= room))
            {
                waiting.RemoveFirst();
                if (next.Cancelled.IsCancellationRequested)
                {
                    next.Done.TrySetCanceled(next.Cancelled);
                    continue;
                }

                room -= weight(next.Item);
                taken.Add(next);
            }

            return taken;
        }
    }

    private async Task CommitAsync(IReadOnlyList<Pending> group)
    {
        try
        {
            var began = database.Time.GetTimestamp();
            var saved = await save([.. group.Select(static pending => pending.Item)], CancellationToken.None);
            database.Metrics.Committed(group.Count, database.Time.GetElapsedTime(began));
            for (var i = 0; i < group.Count; i++) group[i].Done.TrySetResult(saved[i]);
        }
        catch (Exception error) when (group.Count > 1 && RefusalScopes.Of(error) == RefusalScope.None && error is not NpgsqlException { IsTransient: true })
        {
            LogApart(database.Log, group.Count, DataFault.Say(error));
            var half = group.Count / 2;
            await CommitAsync([.. group.Take(half)]);
            await CommitAsync([.. group.Skip(half)]);
        }
        catch (Exception error) when (group.Count == 1 && DataFault.Is(error))
        {
            await RescueAsync(group[0], error);
        }
        catch (Exception error)
        {
            foreach (var pending in group) Fail(pending, error);
        }
    }

    private async Task RescueAsync(Pending pending, Exception refused)
    {
        try
        {
            pending.Done.TrySetResult(await rescue(pending.Item, refused, CancellationToken.None));
        }
        catch (Exception error)
        {
            Fail(pending, error);
        }
    }

    private static void Fail(Pending pending, Exception error)
    {
        pending.Done.TrySetException(error);

        // Whoever waited may have been cancelled meanwhile.
        _ = pending.Done.Task.Exception;
    }

    [LoggerMessage(503, LogLevel.Warning, "A commit shared by {Count} visits failed; it is halved: {Error}")]
    private static partial void LogApart(ILogger logger, int count, string error);

    private sealed record Pending(T Item, long Since, CancellationToken Cancelled)
    {
        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
