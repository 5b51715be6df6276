using System.IO;
using System.Threading.Channels;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace Ingest.Worker.Commands;

/// <summary>Synchronises the sources at start and whenever the settings file changes.</summary>
internal sealed partial class SourceWatch(SettingsFile file, IConfiguration configuration, SourceSync sync, ILogger<SourceWatch> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await sync.RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var registration = ChangeToken.OnChange(configuration.GetReloadToken, () => changes.Writer.TryWrite(true));
        await foreach (var _ in changes.Reader.ReadAllAsync(stoppingToken)) await TakeUpAsync(stoppingToken);
    }

    private async Task TakeUpAsync(CancellationToken ct)
    {
        // While an editor replaces the file, it is gone for a moment: that does not mean that every source was removed.
        if (!File.Exists(file.File)) return;
        if (file.Fault is { } broken) LogBroken(log, file.File, broken);
        else if (Settings.Faults(configuration) is { Count: > 0 } faults) LogBroken(log, file.File, string.Join(" ", faults));
        else await TrySyncAsync(ct);
    }

    private async Task TrySyncAsync(CancellationToken ct)
    {
        try
        {
            await sync.RunAsync(ct);
        }
        catch (System.Data.Common.DbException error)
        {
            LogNotSynchronised(log, error.Message);
        }
    }

    [LoggerMessage(801, LogLevel.Error, "{File} changed and is not taken up: {Fault}")]
    private static partial void LogBroken(ILogger logger, string file, string fault);

    [LoggerMessage(802, LogLevel.Error, "The changed sources could not be saved and will be at the next change or start: {Error}")]
    private static partial void LogNotSynchronised(ILogger logger, string error);
}
