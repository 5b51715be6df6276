using System.IO;
using System.IO.Compression;

namespace Ingest.Feeds;

/// <summary>Unpacks documents that are gzip files themselves, as sitemaps often are.</summary>
internal static class GzipFile
{
    // XML packs ten to thirty times; a file that packs this well holds nothing worth reading.
    private const int MaxRatio = 200;
    private const int AlwaysAllowed = 1024 * 1024;
    private const int ChunkBytes = 256 * 1024;

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, ..];

    /// <summary>
    /// The content, of a damaged file as far as it goes; null when that is nothing, more than <paramref name="max"/> bytes, or out of proportion.
    /// </summary>
    public static byte[]? Unpack(byte[] bytes, int max)
    {
        var most = Math.Min(max, Math.Max(AlwaysAllowed, (long)bytes.Length * MaxRatio));
        var chunks = new List<ArraySegment<byte>>();
        var length = 0L;
        using var gzip = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        try
        {
            for (int read; (read = Fill(gzip, chunks)) > 0;)
            {
                length += read;
                if (length > most) return null;
            }
        }
        catch (InvalidDataException)
        {
            // Damaged from here on; what came before is kept.
        }

        if (chunks.Count == 0) return null;
        var unpacked = new byte[chunks.Sum(static chunk => chunk.Count)];
        var at = 0;
        foreach (var chunk in chunks)
        {
            chunk.CopyTo(unpacked, at);
            at += chunk.Count;
        }

        return unpacked;
    }

    private static int Fill(GZipStream gzip, List<ArraySegment<byte>> chunks)
    {
        var buffer = new byte[ChunkBytes];
        var read = 0;
        try
        {
            for (int got; read < buffer.Length && (got = gzip.Read(buffer, read, buffer.Length - read)) > 0;) read += got;
            return read;
        }
        finally
        {
            if (read > 0) chunks.Add(new ArraySegment<byte>(buffer, 0, read));
        }
    }
}
