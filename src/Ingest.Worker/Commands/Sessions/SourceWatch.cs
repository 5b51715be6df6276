using System.Data.Common;
using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>Synchronises the sources at start and whenever the settings file changes.</summary>
internal sealed partial class SourceWatch(
    SettingsFile file, IConfiguration configuration, SourceSync sync, TimeProvider time, ILogger<SourceWatch> log) : EndlessService(time, log)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SynchroniseAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task WorkAsync(CancellationToken ct)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var registration = ChangeToken.OnChange(configuration.GetReloadToken, () => changes.Writer.TryWrite(true));
        await foreach (var _ in changes.Reader.ReadAllAsync(ct))
        {
            while (!await TakeUpAsync(ct)) await Task.Delay(RetryAfter, Time, ct);
        }
    }

    /// <summary>Takes up the file as it is now.</summary>
    /// <returns>False when the database could not be reached.</returns>
    private async Task<bool> TakeUpAsync(CancellationToken ct)
    {
        // While an editor replaces the file, it is gone for a moment: that does not mean that every source was removed.
        if (!File.Exists(file.File)) return true;
        if (file.Fault is { } fault)
        {
            LogBroken(log, file.File, fault);
            return true;
        }

        try
        {
            await SynchroniseAsync(ct);
            return true;
        }
        catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException || error.InnerException is DbException)
        {
            LogNotSynchronised(log, error.InnerException?.Message ?? error.Message);
            return false;
        }
    }

    private async Task SynchroniseAsync(CancellationToken ct)
    {
        var pace = sync.Pace;
        var added = (await sync.RunAsync(ct)).Added;
        if (pace.Window(added) is var window && window > TimeSpan.Zero) LogSpread(log, added, pace.For(added), window);
    }

    [LoggerMessage(
        803, LogLevel.Information,
        "{Count} sources are new: at most {PerSecond} a second are asked for the first time (Ingest:Polling:FirstPollsPerSecond), "
            + "the last of them after {Window}")]
    private static partial void LogSpread(ILogger logger, int count, int perSecond, TimeSpan window);

    [LoggerMessage(803, LogLevel.Error, "{File} changed and is not applied: {Fault}")]
    private static partial void LogBroken(ILogger logger, string file, string fault);

    [LoggerMessage(804, LogLevel.Error, "The changed sources could not be saved; will retry: {Error}")]
    private static partial void LogNotSynchronised(ILogger logger, string error);
}
