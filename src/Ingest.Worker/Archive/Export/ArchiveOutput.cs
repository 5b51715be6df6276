using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Microsoft.Win32.SafeHandles;

namespace Ingest.Worker.Archive.Export;

/// <summary>Where an archive is written to: a file that appears whole or not at all, or standard output.</summary>
internal sealed class ArchiveOutput : IAsyncDisposable
{
    /// <summary>The path that stands for standard output.</summary>
    public const string StandardOutput = "-";

    private const int BrokenPipe = 32;

    private readonly Stream target;
    private readonly string path;
    private readonly string? draft;
    private readonly bool overwrite;

    private ArchiveOutput(Stream target, string path, string? draft, bool overwrite)
    {
        (this.target, this.path, this.draft, this.overwrite) = (target, path, draft, overwrite);
        Stream = ArchiveFormats.CompressionOf(path) switch
        {
            ArchiveCompression.Gzip => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
            ArchiveCompression.Zstd => new ZstdSharp.CompressionStream(target, leaveOpen: true),
            _ => target,
        };
    }

    public Stream Stream { get; }

    /// <summary>Opens standard output, a device, or a draft beside the file; the file itself is there after <see cref="CompleteAsync"/>.</summary>
    /// <exception cref="IOException">The file exists and is not to be overwritten, or its folder cannot be written.</exception>
    public static ArchiveOutput Open(string path, bool overwrite)
    {
        if (path == StandardOutput) return new ArchiveOutput(OpenStandardOutput(), path, draft: null, overwrite);
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
            return new ArchiveOutput(new FileStream(path, FileMode.Open, FileAccess.Write), path, draft: null, overwrite);
        if (!overwrite && File.Exists(path)) throw new IOException($"{path} exists; --force replaces it.");
        var full = Path.GetFullPath(path);
        var draft = Path.Combine(Path.GetDirectoryName(full)!, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}");
        return new ArchiveOutput(
            new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous }),
            full,
            draft,
            overwrite);
    }

    /// <summary>True when the reader of a pipe went away.</summary>
    public static bool IsBrokenPipe(IOException error) => !OperatingSystem.IsWindows() && error.HResult == BrokenPipe;

    /// <summary>Makes what was written durable and gives it its name.</summary>
    public async Task CompleteAsync(CancellationToken ct)
    {
        if (Stream != target) await Stream.DisposeAsync();
        await target.FlushAsync(ct);
        if (draft is null) return;
        ((FileStream)target).Flush(flushToDisk: true);
        await target.DisposeAsync();
        File.Move(draft, path, overwrite);
    }

    /// <summary>Leaves no draft behind.</summary>
    public async ValueTask DisposeAsync()
    {
        await target.DisposeAsync();
        if (draft is not null) File.Delete(draft);
    }

    // The console's own stream takes a broken pipe for success, and would have a whole database read for nobody. What is no pipe
    // may be a file that others write to as well, whose position only the console's stream keeps.
    public static Stream OpenStandardOutput()
    {
        if (OperatingSystem.IsWindows()) return Console.OpenStandardOutput();
        var direct = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return direct.CanSeek ? Console.OpenStandardOutput() : direct;
    }
}
