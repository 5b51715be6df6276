using System.Buffers;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Ingest.Worker.Fetching.Memory;
using ZstdSharp;

namespace Ingest.Worker.Fetching.Bodies;

/// <summary>Reads a response's body through its content codings within bounds, without ever holding more than the bound.</summary>
internal static class BodyReader
{
    // Most bodies are small: the first pieces together are what is taken without waiting.
    private const int FirstBytes = 16 << 10;
    private const int SecondBytes = MemoryBudget.Small - FirstBytes;
    private const int FurtherBytes = 64 << 10;
    private const int RatioFloor = 1 << 20;

    /// <summary>Reads to the end, or to the first bound that is passed.</summary>
    /// <param name="wire">The body as sent.</param>
    /// <param name="declaredBytes">Content-Length; null when not stated.</param>
    /// <param name="codings">Content-Encoding, in the order they were applied.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="unpackGzip">Whether a body that is itself a gzip file is unpacked (<c>sitemap.xml.gz</c>).</param>
    /// <param name="take">Takes memory for as many more bytes; never for much more than what has come.</param>
    /// <param name="ct">Ends a slow body.</param>
    /// <exception cref="IOException">The connection broke, or what it brought is not as long as was declared.</exception>
    public static async Task<BodyOutcome> ReadAsync(
        Stream wire, long? declaredBytes, IReadOnlyList<string> codings, BodyLimits limits, bool unpackGzip, Func<long, ValueTask> take, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(codings);
        ArgumentNullException.ThrowIfNull(limits);
        if (declaredBytes > limits.MaxBytes && !limits.Truncate)
            return TooLarge(0, limits);
        var metered = new MeteredStream(wire);
        try
        {
            await using var decoded = await ContentCodings.OpenAsync(metered, codings, unpackGzip, ct);
            return await DrainAsync(decoded, metered, declaredBytes, limits, take, ct);
        }
        catch (UnknownCodingException e)
        {
            return new BodyOutcome.Refused(FailureCause.BadEncoding, e.Message) { WireBytes = metered.Count };
        }
        catch (Exception e)
            when (!metered.Broke && e is not BrokenTransferException && e is IOException or InvalidDataException or ZstdException or InvalidOperationException)
        {
            // The decoders differ in how they say that their data is invalid: BrotliStream by InvalidOperationException, ZLibStream also by an IOException of
            // its own.
            if (metered.Ended)
                CheckLength(metered.Count, declaredBytes);
            return new BodyOutcome.Refused(FailureCause.BadEncoding, $"The body is not valid {string.Join(", ", codings.DefaultIfEmpty("gzip"))}.")
            {
                WireBytes = metered.Count,
                StopsShort = metered.Ended,
            };
        }
    }

    private static async Task<BodyOutcome> DrainAsync(
        Stream decoded, MeteredStream wire, long? declaredBytes, BodyLimits limits, Func<long, ValueTask> take, CancellationToken ct)
    {
        // In pieces: what grows by copying holds three times as much, and leaves large arrays behind.
        var pieces = new List<byte[]>();
        try
        {
            var (length, room) = (0, 0);
            for (; ;)
            {
                if (room == 0)
                {
                    var more = pieces.Count switch { 0 => FirstBytes, 1 => SecondBytes, _ => FurtherBytes };
                    await take(more);
                    pieces.Add(ArrayPool<byte>.Shared.Rent(more));
                    room = pieces[^1].Length;
                }

                var read = await decoded.ReadAsync(pieces[^1].AsMemory(pieces[^1].Length - room), ct);
                (length, room) = (length + read, room - read);
                if (read == 0)
                    await FinishAsync(wire, limits, ct);
                if (length > limits.MaxBytes || wire.Count > limits.MaxBytes)
                    return limits.Truncate
                        ? new BodyOutcome.Whole(Joined(pieces, (int)Math.Min(length, limits.MaxBytes))) { WireBytes = wire.Count }
                        : TooLarge(wire.Count, limits);
                if (length > RatioFloor && length / limits.MaxInflation > wire.Count)
                    return Bomb(length, wire.Count);
                if (read > 0)
                    continue;
                CheckLength(wire.Count, declaredBytes);
                return new BodyOutcome.Whole(Joined(pieces, length)) { WireBytes = wire.Count };
            }
        }
        finally
        {
            pieces.ForEach(static piece => ArrayPool<byte>.Shared.Return(piece));
        }
    }

    // A decoder stops at its own end; whether the transfer came to its end shows only there.
    private static async Task FinishAsync(MeteredStream wire, BodyLimits limits, CancellationToken ct)
    {
        var rest = ArrayPool<byte>.Shared.Rent(FirstBytes);
        try
        {
            for (var read = 1; read > 0 && wire.Count <= limits.MaxBytes;)
                read = await wire.ReadAsync(rest, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rest);
        }
    }

    // RFC 9113, section 8.1.1: HTTP/2 ends a stream without counting, so a length that is not kept is for us to notice.
    private static void CheckLength(long wireBytes, long? declaredBytes)
    {
        if (declaredBytes is { } declared && declared != wireBytes)
            throw new BrokenTransferException(string.Create(CultureInfo.InvariantCulture, $"{wireBytes} bytes came of the {declared} that were announced"));
    }

    private static byte[] Joined(List<byte[]> pieces, int length)
    {
        var joined = GC.AllocateUninitializedArray<byte>(length);
        var at = 0;
        foreach (var piece in pieces)
        {
            var count = Math.Min(piece.Length, length - at);
            piece.AsSpan(0, count).CopyTo(joined.AsSpan(at));
            at += count;
        }

        return joined;
    }

    private static BodyOutcome.Refused TooLarge(long wireBytes, BodyLimits limits) =>
        new(FailureCause.BodyTooLarge, string.Create(CultureInfo.InvariantCulture, $"The body is larger than {limits.MaxBytes} bytes."))
        {
            WireBytes = wireBytes,
        };

    private static BodyOutcome.Refused Bomb(long length, long wireBytes) =>
        new(FailureCause.DecompressionBomb, string.Create(
            CultureInfo.InvariantCulture, $"{wireBytes} bytes on the wire became more than {length}: a decompression bomb."))
        {
            WireBytes = wireBytes,
        };
}
