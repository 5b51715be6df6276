using System.IO;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Wire;

/// <summary>
/// A connection on which nothing is asked once the lease on hosts has lapsed. A request that waited for its turn, for a connection or for a processor may have
/// begun while the lease held; when the process was held up in between, this is the last place to stop it. Writing then throws an <see cref="IOException"/>.
/// </summary>
internal sealed class LeaseGuardedStream(Stream wire, WorkerLease lease) : WireStream(wire)
{
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        CheckClaim();
        return base.WriteAsync(buffer, cancellationToken);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        CheckClaim();
        base.Write(buffer, offset, count);
    }

    private void CheckClaim()
    {
        if (!lease.IsHeld) throw new IOException("this worker's lease on its hosts had lapsed before the request was sent");
    }
}
