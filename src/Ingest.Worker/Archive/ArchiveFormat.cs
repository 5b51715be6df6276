using System.IO;

namespace Ingest.Worker.Archive;

/// <summary>What an archive is written in.</summary>
internal enum ArchiveFormat
{
    /// <summary>Dated-article text.</summary>
    Dated,

    /// <summary>A JSON object a line.</summary>
    JsonLines,
}

/// <summary>Tells an archive's format from its name, or from how it begins.</summary>
internal static class ArchiveFormats
{
    private const string Gzip = ".gz";

    /// <summary>True for <c>….gz</c>.</summary>
    public static bool IsGzipName(string path) => path.EndsWith(Gzip, StringComparison.OrdinalIgnoreCase);

    /// <summary>The format that the extension, under <c>.gz</c> too, stands for; null when it stands for none.</summary>
    public static ArchiveFormat? OfName(string path) => Path.GetExtension(IsGzipName(path) ? path[..^Gzip.Length] : path).ToLowerInvariant() switch
    {
        ".txt" or ".dated" => ArchiveFormat.Dated,
        ".jsonl" or ".ndjson" => ArchiveFormat.JsonLines,
        _ => null,
    };

    /// <summary>The format of a text that begins so: only JSON begins with a brace.</summary>
    public static ArchiveFormat OfStart(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8)) start = start[3..];
        return start.TrimStart(" \t\r\n"u8).StartsWith("{"u8) ? ArchiveFormat.JsonLines : ArchiveFormat.Dated;
    }
}
