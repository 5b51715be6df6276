using System.IO;

namespace Ingest.Worker.Archive;

/// <summary>What an archive is written in.</summary>
internal enum ArchiveFormat
{
    /// <summary>Dated-article text.</summary>
    Dated,

    /// <summary>A JSON object a line.</summary>
    JsonLines,

    /// <summary>Typed columns, compressed in themselves.</summary>
    Parquet,

    /// <summary>Comma-separated values, for programs that know nothing else; not read back.</summary>
    Csv,
}

/// <summary>What an archive is compressed with as a whole.</summary>
internal enum ArchiveCompression
{
    None,
    Gzip,
    Zstd,
}

/// <summary>Tells an archive's format from its name, or from how it begins.</summary>
internal static class ArchiveFormats
{
    /// <summary>What <c>….gz</c> and <c>….zst</c> stand for.</summary>
    public static ArchiveCompression CompressionOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".gz" => ArchiveCompression.Gzip,
        ".zst" => ArchiveCompression.Zstd,
        _ => ArchiveCompression.None,
    };

    /// <summary>The compression of what begins so.</summary>
    public static ArchiveCompression CompressionOf(ReadOnlySpan<byte> start) =>
        start.StartsWith<byte>([0x1F, 0x8B]) ? ArchiveCompression.Gzip
        : start.StartsWith<byte>([0x28, 0xB5, 0x2F, 0xFD]) ? ArchiveCompression.Zstd
        : ArchiveCompression.None;

    /// <summary>The format that the extension, under that of a compression too, stands for; null when it stands for none.</summary>
    public static ArchiveFormat? OfName(string path) =>
        Path.GetExtension(CompressionOf(path) == ArchiveCompression.None ? path : Path.GetFileNameWithoutExtension(path)).ToLowerInvariant() switch
    {
        ".txt" or ".dated" => ArchiveFormat.Dated,
        ".jsonl" or ".ndjson" => ArchiveFormat.JsonLines,
        ".parquet" => ArchiveFormat.Parquet,
        ".csv" => ArchiveFormat.Csv,
        _ => null,
    };

    /// <summary>The format of what begins so: only Parquet begins with its mark, and only JSON with a brace.</summary>
    public static ArchiveFormat OfStart(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("PAR1"u8)) return ArchiveFormat.Parquet;
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        return start.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? ArchiveFormat.JsonLines : ArchiveFormat.Dated;
    }
}
