using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>Keeps the table of sources in line with the configuration.</summary>
internal sealed partial class SourceSync(
    IConfiguration configuration, SourceStore sources, SourceAccess access, IOptionsMonitor<PollingOptions> polling, IOptions<FetchingOptions> fetching,
    TimeProvider time, ILogger<SourceSync> log)
{
    private const int MostTold = 20;

    // Who adds sources to a service that runs waits for them; it is the first start that brings hundreds.
    private static readonly TimeSpan WithinWhileRunning = TimeSpan.FromMinutes(1);

    private bool hasTold;

    /// <summary>How fast sources that the next synchronisation finds are asked for the first time.</summary>
    public FirstPollPace Pace => new(polling.CurrentValue.FirstPollsPerSecond, Volatile.Read(ref hasTold) ? WithinWhileRunning : TimeSpan.MaxValue);

    /// <summary>Synchronises now; faults of single sources are logged, and their rows left as they are.</summary>
    public async Task<SourceChanges> RunAsync(CancellationToken ct)
    {
        var list = SourceList.Read(configuration);
        foreach (var fault in list.Faults) LogFault(log, fault);
        var changes = await sources.SynchroniseAsync(list.Sources, list.Faulty, Pace, time.GetUtcNow(), ct);
        access.ForgetNames();
        foreach (var (name, rules) in list.Access)
        {
            foreach (var fault in await Secrets.FaultsAsync(rules.Credential, rules.Headers, rules.Manner, ct)) LogSecretFault(log, name, fault);
        }

        TellOnce(list);
        LogSynchronised(log, list.Sources.Count, changes.Added, changes.Changed, changes.Disabled);
        return changes;
    }

    // What is worth a word when the service starts, and not again whenever the settings change.
    private void TellOnce(SourceList list)
    {
        if (Interlocked.Exchange(ref hasTold, true)) return;
        if (string.IsNullOrEmpty(fetching.Value.ContactUrl)) LogNoContact(log, $"{FetchingOptions.Section}:{nameof(FetchingOptions.ContactUrl)}");
        foreach (var alike in list.Access.GroupBy(static rule => rule.Value.AskedUrl, StringComparer.Ordinal)
            .Where(static alike => alike.Skip(1).Any())
            .Take(MostTold))
            LogTwins(
                log,
                string.Join(", ", alike.Select(static rule => rule.Key).Order(StringComparer.Ordinal).Take(MostTold)),
                UrlSecrets.Without(alike.First().Value.Url));
    }

    [LoggerMessage(617, LogLevel.Warning, "{Setting} is empty: publishers who see this worker in their logs cannot reach you; give a URL or mailto address")]
    private static partial void LogNoContact(ILogger logger, string setting);

    [LoggerMessage(616, LogLevel.Information, "{Sources} have one URL, {Url}: it is fetched once for all that are asked alike")]
    private static partial void LogTwins(ILogger logger, string sources, Uri url);

    [LoggerMessage(606, LogLevel.Error, "{Fault} Until that is fixed, the source keeps the settings that it had before; a new one is not added.")]
    private static partial void LogFault(ILogger logger, string fault);

    [LoggerMessage(608, LogLevel.Error, "{Source}: {Fault} Its visits fail until that is fixed.")]
    private static partial void LogSecretFault(ILogger logger, string source, string fault);

    [LoggerMessage(607, LogLevel.Information, "{Count} sources configured: {Added} added, {Changed} changed, {Disabled} disabled")]
    private static partial void LogSynchronised(ILogger logger, int count, int added, int changed, int disabled);
}
