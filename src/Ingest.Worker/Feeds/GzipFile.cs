using System.IO;
using System.IO.Compression;

namespace Ingest.Worker.Feeds;

/// <summary>Unpacks documents that are gzip files themselves, as sitemaps often are.</summary>
internal static class GzipFile
{
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, 8, ..];

    /// <summary>The content; what a truncated file still holds; null when it holds nothing or more than <paramref name="max"/> bytes.</summary>
    public static byte[]? Unpack(byte[] bytes, int max)
    {
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(bytes, writable: false), CompressionMode.Decompress);
        var buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = gzip.Read(buffer)) > 0;)
            {
                if (unpacked.Length + read > max) return null;
                unpacked.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // Damaged from here on; what came before is kept.
        }

        return unpacked.Length == 0 ? null : unpacked.ToArray();
    }
}
