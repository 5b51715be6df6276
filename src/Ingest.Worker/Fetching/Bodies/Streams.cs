using System.IO;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Bodies;

/// <summary>A stream that is only read forward.</summary>
internal abstract class ForwardStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>Counts the bytes that pass.</summary>
internal sealed class MeteredStream(Stream inner) : ForwardStream
{
    public long Count { get; private set; }

    /// <summary>Whether the last read failed: then the fault is the connection's, not a decoder's.</summary>
    public bool Broke { get; private set; }

    /// <summary>Whether everything was read.</summary>
    public bool Ended { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Broke = true;
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Broke = false;
        Count += read;
        Ended |= read == 0 && !buffer.IsEmpty;
        return read;
    }
}

/// <summary>Shows the first bytes of a stream before it is read.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private readonly Stream inner;
    private readonly byte[] head = new byte[Signatures.HeadBytes];
    private int headLength;
    private int headRead;

    private PeekedStream(Stream inner) => this.inner = inner;

    public ReadOnlySpan<byte> Head => head.AsSpan(0, headLength);

    public static async Task<PeekedStream> OpenAsync(Stream inner, CancellationToken ct)
    {
        var peeked = new PeekedStream(inner);
        peeked.headLength = await inner.ReadAtLeastAsync(peeked.head, peeked.head.Length, throwOnEndOfStream: false, ct);
        return peeked;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (headRead == headLength || buffer.IsEmpty)
            return inner.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, headLength - headRead);
        head.AsMemory(headRead, count).CopyTo(buffer);
        headRead += count;
        return ValueTask.FromResult(count);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
