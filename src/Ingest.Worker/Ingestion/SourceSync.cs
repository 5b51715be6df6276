using System.Threading.Tasks;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion;

/// <summary>Keeps the table of sources in line with the configuration.</summary>
internal sealed partial class SourceSync(IConfiguration configuration, SourceStore sources, SourceAccess access, IOptionsMonitor<PollingOptions> polling, TimeProvider time, ILogger<SourceSync> log)
{
    /// <summary>Synchronises now; faults of single sources are logged, and their rows left as they are.</summary>
    public async Task<SourceChanges> RunAsync(CancellationToken ct)
    {
        var list = SourceList.Read(configuration);
        foreach (var fault in list.Faults) LogFault(log, fault);
        var changes = await sources.SynchroniseAsync(list.Sources, list.Faulty, polling.CurrentValue.FirstPollsPerSecond, time.GetUtcNow(), ct);
        access.ForgetNames();
        foreach (var (name, rules) in list.Access)
        {
            foreach (var fault in await Secrets.FaultsAsync(rules.Credential, rules.Headers, ct)) LogSecretFault(log, name, fault);
        }

        LogSynchronised(log, list.Sources.Count, changes.Added, changes.Changed, changes.Disabled);
        return changes;
    }

    [LoggerMessage(606, LogLevel.Error, "{Fault} This source is passed over.")]
    private static partial void LogFault(ILogger logger, string fault);

    [LoggerMessage(608, LogLevel.Error, "{Source}: {Fault} Its visits fail until that is mended.")]
    private static partial void LogSecretFault(ILogger logger, string source, string fault);

    [LoggerMessage(607, LogLevel.Information, "{Count} sources configured: {Added} added, {Changed} changed, {Disabled} disabled")]
    private static partial void LogSynchronised(ILogger logger, int count, int added, int changed, int disabled);
}
