using System.Buffers;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using ZstdSharp;

namespace Ingest.Worker.Fetching.Bodies;

/// <summary>Reads a response's body through its content codings within bounds, without ever holding more than the bound.</summary>
internal static class BodyReader
{
    private const int ChunkBytes = 16 << 10;
    private const int RatioFloor = 1 << 20;

    /// <summary>Reads to the end, or to the first bound that is passed.</summary>
    /// <param name="wire">The body as sent.</param>
    /// <param name="declaredBytes">Content-Length; null when not stated.</param>
    /// <param name="codings">Content-Encoding, in the order they were applied.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="unpackGzip">Whether a body that is itself a gzip file is unpacked (<c>sitemap.xml.gz</c>).</param>
    /// <param name="ct">Ends a slow body.</param>
    /// <exception cref="IOException">The connection broke.</exception>
    public static async Task<BodyOutcome> ReadAsync(Stream wire, long? declaredBytes, IReadOnlyList<string> codings, BodyLimits limits, bool unpackGzip, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(codings);
        ArgumentNullException.ThrowIfNull(limits);
        if (declaredBytes > limits.MaxBytes && !limits.Truncate)
            return TooLarge(0, limits);
        var metered = new MeteredStream(wire);
        try
        {
            await using var decoded = await ContentCodings.OpenAsync(metered, codings, unpackGzip, ct);
            return await DrainAsync(decoded, metered, limits, ct);
        }
        catch (UnknownCodingException e)
        {
            return new BodyOutcome.Refused(FailureCause.BadEncoding, e.Message) { WireBytes = metered.Count };
        }
        catch (Exception e) when (!metered.Broke && e is IOException or InvalidDataException or ZstdException or InvalidOperationException)
        {
            // The decoders differ in how they say that their data is invalid: BrotliStream by InvalidOperationException, ZLibStream also by an IOException of its own.
            return new BodyOutcome.Refused(FailureCause.BadEncoding, $"The body is not valid {string.Join(", ", codings.DefaultIfEmpty("gzip"))}.") { WireBytes = metered.Count };
        }
    }

    private static async Task<BodyOutcome> DrainAsync(Stream decoded, MeteredStream wire, BodyLimits limits, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (var length = 0; ;)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer, limits.MaxBytes);
                var read = await decoded.ReadAsync(buffer.AsMemory(length), ct);
                length += read;
                if (length > limits.MaxBytes || wire.Count > limits.MaxBytes)
                    return limits.Truncate ? Cut(buffer, length, wire, limits) : TooLarge(wire.Count, limits);
                if (length > RatioFloor && length / limits.MaxInflation > wire.Count)
                    return Bomb(length, wire.Count);
                if (read == 0)
                    return new BodyOutcome.Whole(buffer.AsSpan(0, length).ToArray()) { WireBytes = wire.Count };
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, long maxBytes)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, maxBytes + ChunkBytes));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static BodyOutcome.Whole Cut(byte[] buffer, int length, MeteredStream wire, BodyLimits limits) =>
        new(buffer.AsSpan(0, (int)Math.Min(length, limits.MaxBytes)).ToArray()) { WireBytes = wire.Count };

    private static BodyOutcome.Refused TooLarge(long wireBytes, BodyLimits limits) =>
        new(FailureCause.BodyTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limits.MaxBytes} bytes.")) { WireBytes = wireBytes };

    private static BodyOutcome.Refused Bomb(long length, long wireBytes) =>
        new(FailureCause.DecompressionBomb, string.Create(CultureInfo.InvariantCulture, $"{wireBytes} bytes on the wire became more than {length}: a decompression bomb.")) { WireBytes = wireBytes };
}
