using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Wire;

namespace Ingest.Worker.Fetching.Network;

/// <summary>
/// A connection to a proxy that speaks HTTP. Whoever hangs up there without a word, or answers with something else, is the proxy: it never got as far as a
/// target.
/// </summary>
internal sealed class ProxyStream(Stream wire, string name) : WireStream(wire)
{
    private bool hasSpoken;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        hasSpoken || buffer.IsEmpty ? base.ReadAsync(buffer, cancellationToken) : ReadFirstAsync(buffer, cancellationToken);

    private async ValueTask<int> ReadFirstAsync(Memory<byte> buffer, CancellationToken ct)
    {
        int read;
        try
        {
            read = await base.ReadAsync(buffer, ct);
        }
        catch (IOException e)
        {
            throw new ProxyException($"The proxy {name} broke the connection: {e.Message}", e);
        }

        if (read == 0)
            throw new ProxyException($"The proxy {name} hung up without an answer.");
        var begin = "HTTP/"u8[..Math.Min(read, 5)];
        if (!buffer.Span[..read].StartsWith(begin))
            throw new ProxyException($"The proxy {name} does not speak HTTP.");
        hasSpoken = true;
        return read;
    }
}
