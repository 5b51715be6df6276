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

    /// <summary>
    /// A stream of the decoded bytes. Servers misname codings, name some that a cache has undone, and name what is none: the bytes have the last word.
    /// </summary>
    /// <exception cref="UnknownCodingException">A coding that is not ours and that the bytes do not prove to be another, or too many.</exception>
    public static async Task<Stream> OpenAsync(Stream wire, IReadOnlyList<string> codings, bool unpackGzip, CancellationToken ct)
    {
        var named = codings.Select(static c => c.ToLowerInvariant()).Where(static c => c != "identity").Reverse().ToList();
        // What is no coding ("utf-8", "aws-chunked") says nothing of where it was applied: its turn comes last.
        var layers = named.Where(IsKnown).Concat(named.Where(static c => !IsKnown(c)).Take(1)).ToList();
        if (layers.Count > MaxLayers)
            throw new UnknownCodingException($"The body is coded {layers.Count} times.");
        var stream = wire;
        foreach (var coding in layers)
            stream = await OpenLayerAsync(stream, coding, ct);
        if (!unpackGzip)
            return stream;
        var peeked = await PeekedStream.OpenAsync(stream, ct);
        return Signatures.Of(peeked.Head) is Signature.Gzip ? new GZipStream(peeked, CompressionMode.Decompress) : peeked;
    }

    private static bool IsKnown(string coding) => coding is "gzip" or "x-gzip" or "deflate" or "br" or "zstd";

    private static async Task<Stream> OpenLayerAsync(Stream stream, string coding, CancellationToken ct)
    {
        var peeked = await PeekedStream.OpenAsync(stream, ct);
        return (Signatures.Of(peeked.Head), coding) switch
        {
            (Signature.Text, _) => peeked,
            (Signature.Gzip, _) => new GZipStream(peeked, CompressionMode.Decompress),
            (Signature.Zstd, _) => Zstd(peeked),
            (_, "br") => new BrotliStream(peeked, CompressionMode.Decompress),
            (Signature.Zlib, _) => new ZLibStream(peeked, CompressionMode.Decompress),
            // RFC 9110, section 8.4.1.2: zlib format is meant, raw deflate is sent.
            (_, "deflate") => new DeflateStream(peeked, CompressionMode.Decompress),
            _ when IsKnown(coding) => throw new UnknownCodingException($"The body is named {coding}, and is not."),
            _ => throw new UnknownCodingException($"The body is coded as '{coding}', which was not asked for."),
        };
    }

    private static DecompressionStream Zstd(Stream stream)
    {
        var decompressor = new Decompressor();
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdWindowLog);
        return new DecompressionStream(stream, decompressor, preserveDecompressor: false, leaveOpen: false);
    }
}

/// <summary>A Content-Encoding we cannot undo; the message is for people.</summary>
internal sealed class UnknownCodingException(string message) : IOException(message);
