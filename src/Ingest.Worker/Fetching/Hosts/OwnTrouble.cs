using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Fetching.Hosts;

/// <summary>Says in the log, once and not with every fetch, that something of our own fails, and that it works again.</summary>
internal sealed partial class OwnTrouble(TimeProvider time, ILogger<OwnTrouble> logger)
{
    // A proxy that fails for one target and not for the next would otherwise be reported with every other fetch.
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private FailureCause? failing;
    private long? toldAt;

    public void Observe(FetchResult result)
    {
        lock (gate)
        {
            if (result is FetchResult.Failed { Cause: FailureCause.ProxyFailed or FailureCause.OutOfResources or FailureCause.SigningKeyMissing } failed)
            {
                var isKnown = failing == failed.Cause || (toldAt is { } told && time.GetElapsedTime(told) < AtMostEvery);
                failing = failed.Cause;
                if (isKnown) return;
                toldAt = time.GetTimestamp();
                LogFails(logger, failed.Reason);
            }
            else if (result.Status > 0 && failing is { } cause)
            {
                failing = null;
                LogWorks(logger, cause);
            }
        }
    }

    [LoggerMessage(201, LogLevel.Warning, "{Reason} No source is blamed for it; they are asked again later")]
    private static partial void LogFails(ILogger logger, string reason);

    [LoggerMessage(202, LogLevel.Information, "Fetches work again after {Cause}")]
    private static partial void LogWorks(ILogger logger, FailureCause cause);
}
