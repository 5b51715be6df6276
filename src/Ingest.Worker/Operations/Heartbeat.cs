using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Ingest.Worker.Operations;

/// <summary>Touches the heartbeat file for as long as the database answers, so that a health check needs neither a port nor a query of its own.</summary>
internal sealed partial class Heartbeat(Database database, IOptions<OperationsOptions> options, TimeProvider time, ILogger<Heartbeat> log) : BackgroundService
{
    // So many beats may be missed before the worker counts as dead.
    private const int Missable = 6;

    /// <summary>What is wrong with the service that touches the file; null when nothing is.</summary>
    public static string? Fault(OperationsOptions options, DateTimeOffset now)
    {
        var file = new FileInfo(options.HeartbeatFile);
        if (!file.Exists) return $"no service runs: there is no {file.FullName}";
        var age = now.UtcDateTime - file.LastWriteTimeUtc;
        return age > Missable * options.HeartbeatEvery ? string.Create(CultureInfo.InvariantCulture, $"the service has not reached its database for {age:hh\\:mm\\:ss}") : null;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        File.Delete(options.Value.HeartbeatFile);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatEvery, time);
        do await BeatAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        try
        {
            await using var ping = database.DataSource.CreateCommand("select 1");
            await ping.ExecuteScalarAsync(ct);
            await File.WriteAllTextAsync(options.Value.HeartbeatFile, "", ct);
        }
        catch (Exception error) when (error is NpgsqlException or IOException or UnauthorizedAccessException)
        {
            LogMissed(log, error.Message);
        }
    }

    [LoggerMessage(901, LogLevel.Warning, "No heartbeat: {Error}")]
    private static partial void LogMissed(ILogger logger, string error);
}
