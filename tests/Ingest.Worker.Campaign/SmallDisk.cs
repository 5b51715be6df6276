using System.Diagnostics;
using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>A small file system in memory, which can be filled.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    private string Ballast => Path.Combine(Folder, "ballast");

    public static async Task<SmallDisk> MountAsync(int megabytes, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-disk-").FullName;
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=755");
        if (await RunAsync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder], ct) == 0) return new SmallDisk(folder);
        Directory.Delete(folder);
        throw new TrialException("A small disk cannot be mounted here.");
    }

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        var block = new byte[64 << 10];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", ["-l", Folder], CancellationToken.None);
        Directory.Delete(Folder);
    }

    private static async Task<int> RunAsync(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }
}
