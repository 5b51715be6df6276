using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Ingest.Worker.Fetching.Bodies;

/// <summary>Opens the decoders of a Content-Encoding, by what the bytes are where servers misname them.</summary>
internal static class ContentCodings
{
    /// <summary>What we say in Accept-Encoding.</summary>
    public const string Accepted = "gzip, br, zstd, deflate";

    // Nobody honest codes twice over a coding; each layer multiplies what a bomb can do.
    private const int MaxLayers = 2;

    // RFC 9659: a zstd content coding needs no window above 8 MiB.
    private const int ZstdWindowLog = 23;

    /// <summary>A stream of the decoded bytes.</summary>
    /// <exception cref="UnknownCodingException">A coding we did not ask for, or too many.</exception>
    public static async Task<Stream> OpenAsync(Stream wire, IReadOnlyList<string> codings, bool unpackGzip, CancellationToken ct)
    {
        var layers = codings.Where(c => !c.Equals("identity", StringComparison.OrdinalIgnoreCase)).Reverse().ToList();
        if (layers.Count > MaxLayers)
            throw new UnknownCodingException($"The body is coded {layers.Count} times.");
        var stream = wire;
        foreach (var coding in layers)
            stream = await OpenLayerAsync(stream, coding, ct);
        if (!unpackGzip)
            return stream;
        var peeked = await PeekedStream.OpenAsync(stream, ct);
        return IsGzip(peeked.Head) ? new GZipStream(peeked, CompressionMode.Decompress) : peeked;
    }

    private static async Task<Stream> OpenLayerAsync(Stream stream, string coding, CancellationToken ct)
    {
        switch (coding.ToLowerInvariant())
        {
            case "gzip" or "x-gzip":
                var gzip = await PeekedStream.OpenAsync(stream, ct);
                // Some servers name a coding that a cache in front of them has already undone.
                return IsGzip(gzip.Head) ? new GZipStream(gzip, CompressionMode.Decompress) : gzip;
            case "deflate":
                var deflate = await PeekedStream.OpenAsync(stream, ct);
                // RFC 9110, section 8.4.1.2: zlib format is meant, raw deflate is sent.
                return IsZlib(deflate.Head) ? new ZLibStream(deflate, CompressionMode.Decompress) : new DeflateStream(deflate, CompressionMode.Decompress);
            case "br":
                return new BrotliStream(stream, CompressionMode.Decompress);
            case "zstd":
                var decompressor = new Decompressor();
                decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLog);
                return new DecompressionStream(stream, decompressor, preserveDecompressor: false, leaveOpen: false);
            default:
                throw new UnknownCodingException($"The body is coded as '{coding}', which was not asked for.");
        }
    }

    private static bool IsGzip(ReadOnlySpan<byte> head) => head is [0x1f, 0x8b, 8, ..];

    private static bool IsZlib(ReadOnlySpan<byte> head) => head is [var method, var flags, ..] && (method & 0x0f) == 8 && ((method << 8) | flags) % 31 == 0;
}

/// <summary>A Content-Encoding we cannot undo; the message is for people.</summary>
internal sealed class UnknownCodingException(string message) : IOException(message);
