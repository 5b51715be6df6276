using Ingest.Worker.Fetching.Hosts;

namespace Ingest.Worker.Ingestion;

/// <summary>What the schedule of a cluster says about this worker's claim on its hosts; see <see cref="NodeClaim"/>.</summary>
internal sealed class NodeTerm(NodeClaim claim)
{
    /// <summary>From now on requests wait for renewals.</summary>
    public void Begin() => claim.Limit();

    /// <summary>Whether requests may begin now.</summary>
    public bool IsHeld => claim.IsHeld;

    /// <summary>Requests may begin until <paramref name="length"/> after the timestamp <paramref name="since"/>.</summary>
    public void Renew(long since, TimeSpan length) => claim.Renew(since, length);
}
