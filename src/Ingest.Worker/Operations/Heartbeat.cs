using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Operations;

/// <summary>Whose heartbeat it is.</summary>
/// <param name="SettingsFile">The file that the service was started with.</param>
internal sealed record HeartbeatOwner(string SettingsFile);

/// <summary>Writes down how the service is, again and again, so that a health check needs neither a port nor a query of its own.</summary>
internal sealed partial class Heartbeat(
    Database database, WriteGate gate, TurnPulse pulse, NodeName node, HeartbeatOwner owner, IOptions<OperationsOptions> options, TimeProvider time,
    ILogger<Heartbeat> log)
    : EndlessService(time, log)
{
    // So many beats may be missed before the worker counts as dead.
    private const int Missable = 6;

    private readonly string file = options.Value.HeartbeatFile ?? HeartbeatFolder.FileFor(owner.SettingsFile, Environment.ProcessId);

    /// <summary>What is wrong with the services of this machine that were started with a settings file; null when nothing is.</summary>
    public static string? Fault(OperationsOptions options, string settingsFile, TimeProvider time)
    {
        var files = options.HeartbeatFile is { } named ? (File.Exists(named) ? [Path.GetFullPath(named)] : []) : HeartbeatFolder.FilesFor(settingsFile);

        // A file that the settings name may be looked at from where its process is not seen.
        var states = files
            .Select(static file => (File: file, State: HeartbeatState.Read(file)))
            .Where(one => options.HeartbeatFile is not null || IsOfTheLiving(one.State)).ToList();
        if (states.Count == 0)
            return $"no service runs: there is no {options.HeartbeatFile ?? "heartbeat of a process that lives in " + HeartbeatFolder.Default}";
        var faults = states
            .Select(
                one =>
                    one.State is null ? $"{one.File} cannot be read"
                        : one.State.Fault(Missable * options.HeartbeatEvery, time) is { } fault ? $"{one.State.Instance}: {fault}"
                        : null)
            .OfType<string>()
            .ToList();
        return faults.Count == 0 ? null : string.Join(Environment.NewLine, faults);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        File.Delete(file);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatEvery, Time);
        do await BeatAsync(ct);
        while (await timer.WaitForNextTickAsync(ct));
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        string? unanswered = null;
        try
        {
            await using var connection = await database.OpenAsync(ct);
            await using var ping = new NpgsqlCommand("select 1", connection);
            ping.CommandTimeout = (int)Math.Min(10, options.Value.HeartbeatEvery.TotalSeconds);
            await ping.ExecuteScalarAsync(ct);
            database.NoteAnswer();
        }
        catch (NpgsqlException error)
        {
            LogMissed(log, unanswered = error.Message);
        }

        try
        {
            if (options.Value.HeartbeatFile is null)
            {
                HeartbeatFolder.Secure(HeartbeatFolder.Default);
                DeleteThoseOfTheDead();
            }

            State(unanswered).Write(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogMissed(log, error.Message);
        }
    }

    private HeartbeatState State(string? unanswered)
    {
        var refused = gate.Refused;
        return new HeartbeatState(
            node.Value, Environment.ProcessId, Time.GetUtcNow(), Time.GetTimestamp(), pulse.Age, pulse.Longest, unanswered, refused?.Reason,
            refused is null ? TimeSpan.Zero : Time.GetElapsedTime(refused.Since));
    }

    // What the dead left behind tells nothing.
    private void DeleteThoseOfTheDead()
    {
        foreach (var other in HeartbeatFolder.FilesFor(owner.SettingsFile).Where(static other => !IsOfTheLiving(HeartbeatState.Read(other))))
            File.Delete(other);
    }

    private static bool IsOfTheLiving(HeartbeatState? state) => state is not null && IsAlive(state.Process);

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LoggerMessage(901, LogLevel.Warning, "No heartbeat: {Error}")]
    private static partial void LogMissed(ILogger logger, string error);
}
