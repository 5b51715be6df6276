using Ingest.Text.Limits;
using Ingest.Worker.Ingestion.Settings;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Reading;

/// <summary>Limits what reading one document takes.</summary>
internal sealed class ReadingTime(IOptionsMonitor<ReadingOptions> options, TimeProvider time)
{
    /// <summary>The limit of one document, which the calling thread now reads from its beginning to its end.</summary>
    /// <param name="ct">Ends reading.</param>
    public ReadingLimit Limit(CancellationToken ct) => new(options.CurrentValue.MaxTime, ThreadTime.IsKnown ? ThreadTime.Spent : ByTheClock, ct);

    /// <summary>The default limit, for commands without settings.</summary>
    /// <param name="ct">Ends reading.</param>
    public static ReadingLimit DefaultLimit(CancellationToken ct) => ReadingLimit.OfThread(new ReadingOptions().MaxTime, ct);

    private TimeSpan ByTheClock() => time.GetElapsedTime(0);
}
