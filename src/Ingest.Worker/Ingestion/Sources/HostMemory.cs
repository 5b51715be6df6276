using System.Threading.Tasks;
using Ingest.Identity.Sites;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Hosts;
using Ingest.Worker.Storage.Hosts;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>What hosts said that outlives a process and holds for all workers: to be left alone, and to be asked over https.</summary>
internal sealed class HostMemory(HostHolds holds, HttpsHosts hosts, HostThrottle pace, HttpsPledges pledges, TimeProvider time)
{
    /// <summary>Tells the door what another worker, or this one before a restart, was told by the hosts of these URLs, and what was released by hand.</summary>
    public async Task RecallAsync(IEnumerable<Uri> urls, CancellationToken ct)
    {
        // Holds were kept by host once; such a one binds its site as well.
        var keys = new Dictionary<string, Uri>(StringComparer.OrdinalIgnoreCase);
        var inClear = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var url in urls)
        {
            keys[WebUrl.HostKey(url)] = keys[Site.HoldOf(url)] = url;
            if (!WebUrl.IsSecure(url) && url.IsDefaultPort) inClear.Add(url.IdnHost);
        }

        if (keys.Count == 0) return;
        var now = time.GetUtcNow();
        foreach (var hold in await holds.LoadAsync([.. keys.Keys], now, ct))
        {
            if (hold.NotBefore > now) pace.HoldUntil(keys[hold.Host], hold.NotBefore);
            else if (hold.IsReleased) pace.Release(keys[hold.Host], hold.NotBefore);
            if (hold.Pause is { } pause) pace.Resume(keys[hold.Host], pause);
        }

        if (inClear.Count == 0) return;
        foreach (var (host, until) in await hosts.LoadAsync([.. inClear], now, ct)) pledges.Learn(host, until);
    }

    /// <summary>Keeps what hosts said in a fetch or on the way there.</summary>
    public async Task SaveAsync(FetchResult result, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (FetchLedger.Hold(result) is { } hold) await holds.SaveAsync(hold, now, ct);
        foreach (var made in result.Side.Select(static made => made.Result).Append(result))
        {
            if (made.EndsPause) await holds.EndPauseAsync(Site.HoldOf(made.FinalUrl), ct);
            if (made.Pledge is { } pledge) await hosts.SaveAsync(pledge.Host, pledge.Until, now, ct);
        }
    }
}
