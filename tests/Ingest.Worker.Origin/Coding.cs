using System.IO.Compression;
using ZstdSharp;

namespace Ingest.Worker.Origin;

/// <summary>Content codings, as a server applies them.</summary>
public static class Coding
{
    public static byte[] Encode(ReadOnlySpan<byte> body, string coding)
    {
        using var coded = new MemoryStream();
        using (var encoder = Open(coded, coding))
            encoder.Write(body);
        return coded.ToArray();
    }

    /// <summary>Zeros, coded without ever being held in full.</summary>
    public static byte[] Zeros(long count, IReadOnlyList<string> codings)
    {
        using var coded = new MemoryStream();
        var first = true;
        Stream stream = coded;
        foreach (var coding in codings.Reverse())
        {
            stream = Open(stream, coding, leaveOpen: first);
            first = false;
        }

        using (stream)
        {
            var zeros = new byte[1 << 16];
            for (var left = count; left > 0; left -= zeros.Length)
                stream.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
        }

        return coded.ToArray();
    }

    private static Stream Open(Stream target, string coding, bool leaveOpen = true) => coding switch
    {
        "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen),
        "br" => new BrotliStream(target, CompressionLevel.Optimal, leaveOpen),
        "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen),
        "raw-deflate" => new DeflateStream(target, CompressionLevel.Optimal, leaveOpen),
        "zstd" => new CompressionStream(target, leaveOpen: leaveOpen),
        _ => throw new ArgumentOutOfRangeException(nameof(coding), coding, "not a coding"),
    };
}
