using System.IO;
using System.IO.Compression;
using System.IO.Enumeration;
using System.IO.Pipelines;
using System.Threading.Tasks;

namespace Ingest.Worker.Archive.Import;

/// <summary>An archive that is open for reading, decompressed.</summary>
internal sealed class ArchiveInput : IAsyncDisposable
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    private const int BlockBytes = 64 * 1024;
    private const int SniffedBytes = 64;

    private readonly Stream source;

    private ArchiveInput(Stream source, Stream content, ArchiveFormat format) => (this.source, Content, Format) = (source, content, format);

    public Stream Content { get; }

    public ArchiveFormat Format { get; }

    /// <summary>How many of the file's bytes have been taken, compressed as they are; 0 for standard input.</summary>
    public long Position => source is FileStream file ? file.Position : 0;

    /// <summary>The files that a path names: itself, or, below a folder, every archive by its extension, in the order of their names.</summary>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        if (path == StandardInput || !Directory.Exists(path)) return [path];
        var files = new FileSystemEnumerable<string>(
            path,
            static (ref entry) => entry.ToSpecifiedFullPath(),
            new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = static (ref entry) =>
                !entry.IsDirectory && ArchiveFormats.OfName(entry.FileName.ToString()) is not (null or ArchiveFormat.Csv),
            // A linked folder may lead back here.
            ShouldRecursePredicate = static (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return [.. files.Order(StringComparer.Ordinal)];
    }

    /// <summary>The bytes of all files that the paths name; null where that cannot be told before they are read.</summary>
    public static long? BytesOf(IReadOnlyList<string> paths)
    {
        try
        {
            return paths.Contains(StandardInput) ? null : paths.SelectMany(FilesOf).Sum(static file => new FileInfo(file).Length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens a file or standard input; compression is known by the first bytes, the format by the extension or else by how the content begins.
    /// </summary>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="InvalidDataException">Parquet is not in a file of its own, or it is CSV.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<ArchiveInput> OpenAsync(string path, CancellationToken ct)
    {
        var source = path == StandardInput
            ? Console.OpenStandardInput()
            : new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        try
        {
            var pipe = PipeReader.Create(source, new StreamPipeReaderOptions(bufferSize: BlockBytes, leaveOpen: true));
            var compression = ArchiveFormats.CompressionOf(await PeekAsync(pipe, 4, ct));
            if (compression != ArchiveCompression.None)
                pipe = PipeReader.Create(Decompressed(pipe.AsStream(), compression), new StreamPipeReaderOptions(bufferSize: BlockBytes));
            var format = ArchiveFormats.OfName(path) ?? ArchiveFormats.OfStart(await PeekAsync(pipe, SniffedBytes, ct));
            if (format == ArchiveFormat.Csv) throw new InvalidDataException("CSV is only written; JSON lines (export --format jsonl) are read back");
            return new ArchiveInput(source, format == ArchiveFormat.Parquet ? Seekable(source, compression) : pipe.AsStream(), format);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private static Stream Decompressed(Stream stream, ArchiveCompression compression) =>
        compression == ArchiveCompression.Gzip ? new GZipStream(stream, CompressionMode.Decompress) : new ZstdSharp.DecompressionStream(stream);

    // Parquet is read from its end.
    private static Stream Seekable(Stream source, ArchiveCompression compression)
    {
        if (compression != ArchiveCompression.None || !source.CanSeek)
            throw new InvalidDataException("Parquet is read from a file of its own: not from standard input, and not compressed once more");
        source.Position = 0;
        return source;
    }

    private static async Task<byte[]> PeekAsync(PipeReader pipe, int bytes, CancellationToken ct)
    {
        var result = await pipe.ReadAtLeastAsync(bytes, ct).AsTask().WaitAsync(ct);
        var start = result.Buffer.Slice(0, Math.Min(bytes, result.Buffer.Length));
        var peeked = System.Buffers.BuffersExtensions.ToArray(start);
        pipe.AdvanceTo(result.Buffer.Start);
        return peeked;
    }
}
