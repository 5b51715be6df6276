using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Storage.Saving;

/// <summary>
/// Stands before whatever is fetched to be saved. While PostgreSQL refuses writes it is shut: no visit begins, and those that have fetched keep what they have;
/// one of them at a time tries its save again, which is the probe: nothing else tells as truly whether it can be made. The first that succeeds opens the gate.
/// </summary>
internal sealed partial class WriteGate(TimeProvider time, ILogger<WriteGate> log) : IDisposable
{
    // In a row, and none of them could even be recorded: that is no coincidence of sources.
    private const int MostUnrecorded = 5;

    private const int MostWaiting = 32; // What they fetched stays in memory.

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(10), ScoutEvery = TimeSpan.FromSeconds(15);
    private readonly Lock gate = new();
    private readonly SemaphoreSlim probe = new(1);
    private WriteRefusal? refused;
    private bool refusesAll;
    private TimeSpan pause, patience = Timeout.InfiniteTimeSpan;
    private long probed, scouted;
    private int waiting, unrecorded;

    /// <summary>Why the gate is shut; null while it is open.</summary>
    public WriteRefusal? Refused => Volatile.Read(ref refused);

    /// <summary>When something was saved last; null for not yet.</summary>
    public DateTimeOffset? LastSave { get; private set; }

    /// <summary>
    /// Whether work may be picked. While the gate is shut that is a single visit now and then, and none while a save that waits can tell as much.
    /// </summary>
    public bool MayPick
    {
        get
        {
            lock (gate) return (refused is null && HasRoom) || MayScout();
        }
    }

    /// <summary>Whether it has been shut for longer than anybody waits.</summary>
    public bool IsGivenUp => Refused is { } now && patience != Timeout.InfiniteTimeSpan && time.GetElapsedTime(now.Since) > patience;

    /// <summary>How long a gate that is shut is waited for; without limit unless said. After that saves fail with their error.</summary>
    public void WaitNoLongerThan(TimeSpan longest) => patience = longest;

    /// <summary>
    /// What a visit that begins now asks again before its first request; null where it may not begin. One that a shut gate lets through is the scout.
    /// </summary>
    public WritePass? Enter()
    {
        lock (gate)
        {
            if (refused is null && HasRoom) return new WritePass(this, isScout: false);
            if (!MayScout()) return null;
            scouted = time.GetTimestamp();
            return new WritePass(this, isScout: true);
        }
    }

    /// <summary>Waits until a visit may begin.</summary>
    /// <returns>Null when the gate was given up.</returns>
    public async Task<WritePass?> EnterAsync(CancellationToken ct)
    {
        while (!IsGivenUp)
        {
            if (Enter() is { } pass) return pass;
            await Task.Delay(FirstPause, time, ct);
        }

        return null;
    }

    /// <summary>Saves; refused, it waits and tries again until it is saved, fails for what it holds, or is cancelled.</summary>
    public async Task<T> SaveAsync<T>(Func<CancellationToken, Task<T>> save, CancellationToken ct)
    {
        try
        {
            return Saved(await save(ct));
        }
        catch (Exception error) when (RefusalScopes.Of(error) != RefusalScope.None && !ct.IsCancellationRequested && !IsGivenUp)
        {
            Shut(error, RefusalScopes.Of(error));
        }

        Interlocked.Increment(ref waiting);
        try
        {
            return await RetryAsync(save, ct);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>
    /// Writes something that belongs to no visit, without waiting. Its success opens the gate, and its error shuts it where nothing can be written.
    /// </summary>
    public async Task<T> TryAsync<T>(Func<CancellationToken, Task<T>> write, CancellationToken ct)
    {
        try
        {
            return Saved(await write(ct));
        }
        catch (Exception error) when (RefusalScopes.Of(error) == RefusalScope.All && !ct.IsCancellationRequested)
        {
            Shut(error, RefusalScope.All);
            throw;
        }
    }

    /// <summary>
    /// Notes a visit whose save failed, and of which not even that could be recorded. That of one source says nothing of the others; of several in a row it
    /// does.
    /// </summary>
    public void NoteUnrecorded(Exception error)
    {
        if (Interlocked.Increment(ref unrecorded) >= MostUnrecorded) Shut(error, RefusalScope.Some);
    }

    public void Dispose() => probe.Dispose();

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> save, CancellationToken ct)
    {
        for (var wait = FirstPause; ; wait = Longer(wait))
        {
            await Task.Delay(wait, time, ct);
            var isProbe = Refused is not null;
            if (isProbe) await probe.WaitAsync(ct);
            try
            {
                if (isProbe) await AwaitProbeAsync(ct);
                return Saved(await save(ct));
            }
            catch (Exception error) when (RefusalScopes.Of(error) != RefusalScope.None && !ct.IsCancellationRequested && !IsGivenUp)
            {
                // One that waits for a table of its own keeps nobody from theirs who could be saved meanwhile.
                if (isProbe || RefusalScopes.Of(error) == RefusalScope.All || !HasRoom) Shut(error, RefusalScopes.Of(error));
            }
            finally
            {
                if (isProbe) probe.Release();
            }
        }
    }

    // The gate's own pace, however many wait.
    private async Task AwaitProbeAsync(CancellationToken ct)
    {
        while (Refused is not null)
        {
            TimeSpan left;
            lock (gate) left = pause - time.GetElapsedTime(probed);
            if (left <= TimeSpan.Zero) return;
            await Task.Delay(left, time, ct);
        }
    }

    private T Saved<T>(T result)
    {
        WriteRefusal? was;
        lock (gate) (was, refused, pause, unrecorded, LastSave) = (refused, null, TimeSpan.Zero, 0, time.GetUtcNow());
        if (was is not null) LogOpened(log, time.GetElapsedTime(was.Since));
        return result;
    }

    private void Shut(Exception error, RefusalScope kind)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            var wasOpen = refused is null;
            if (wasOpen) (scouted, pause) = (now, TimeSpan.Zero);
            (probed, pause, refusesAll) = (now, Longer(pause), kind == RefusalScope.All);
            refused = new WriteRefusal(refused?.Since ?? now, Words(error));
            if (wasOpen) LogShut(log, Words(error));
        }
    }

    private bool HasRoom => Volatile.Read(ref waiting) < MostWaiting;

    private bool MayScout() => (Volatile.Read(ref waiting) == 0 || (!refusesAll && HasRoom)) && time.GetElapsedTime(scouted) >= ScoutEvery;

    private static TimeSpan Longer(TimeSpan pause) => pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;

    // Without the position and hint lines of the full message.
    private static string Words(Exception error) => error is Npgsql.PostgresException known ? $"{known.MessageText} ({known.SqlState})" : error.Message;

    [LoggerMessage(506, LogLevel.Error, "PostgreSQL takes no writes: {Error}. Nothing is fetched until it does; what is fetched waits")]
    private static partial void LogShut(ILogger logger, string error);

    [LoggerMessage(507, LogLevel.Warning, "PostgreSQL takes writes again, after {Length}")]
    private static partial void LogOpened(ILogger logger, TimeSpan length);
}
