using System.IO;
using System.Text;

namespace Ingest.PostgreSql.Embedded;

/// <summary>
/// The folder an embedded PostgreSQL lives in: <c>cluster</c> (PGDATA), <c>run</c> (its socket), <c>pgpass</c> (the password, 0600, in libpq's own form),
/// <c>lock</c> (held by the worker that owns it) and <c>worker.pid</c> (who that is).
/// </summary>
internal sealed record DataFolder(string Root)
{
    /// <summary>sockaddr_un.sun_path holds 104 (BSD) to 108 (Linux) bytes with its final zero.</summary>
    private const int LongestSocketPath = 100;

    // errno EWOULDBLOCK, which is how a file that is locked by another process is told.
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;

    public string Cluster => Path.Combine(Root, "cluster");

    public string PassFile => Path.Combine(Root, "pgpass");

    public string Run => Path.Combine(Root, "run");

    private string LockFile => Path.Combine(Root, "lock");

    private string HolderFile => Path.Combine(Root, "worker.pid");

    /// <summary>Whether a socket can lie here. Npgsql takes a comma for the end of a host, and line breaks confuse the server's own files.</summary>
    public bool FitsSocket => Encoding.UTF8.GetByteCount(Path.Combine(Run, ".s.PGSQL.65535")) <= LongestSocketPath && !Run.AsSpan().ContainsAny(",\r\n");

    /// <summary>The configured folder, or the one of the operating system's convention.</summary>
    public static DataFolder For(EmbeddedPostgresOptions options) =>
        new(
            string.IsNullOrWhiteSpace(options.DataDirectory)
                ? Conventional(Environment.GetEnvironmentVariable)
                : Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.DataDirectory)));

    /// <summary>Where data of this worker belongs on this system for this user; <paramref name="variable"/> gives environment variables.</summary>
    public static string Conventional(Func<string, string?> variable)
    {
        const string Name = "ingest-worker";
        if (variable("STATE_DIRECTORY") is { Length: > 0 } state) return state.Split(':')[0];
        if (Environment.IsPrivilegedProcess) return "/var/lib/" + Name;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Application Support", Name);
        return variable("XDG_DATA_HOME") is { Length: > 0 } data && Path.IsPathRooted(data)
            ? Path.Combine(data, Name)
            : Path.Combine(home, ".local", "share", Name);
    }

    /// <summary>
    /// Makes the folder and takes it; null when a living worker has it. The kernel lets go of the lock when its holder dies, however it dies.
    /// </summary>
    public FileStream? TryLock()
    {
        MakeRoot();
        FileStream held;
        try
        {
            // Whoever may read the file may lock it, and keep us from starting; and a link would lead to somebody else's.
            const UnixFileMode Ours = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            if (new FileInfo(LockFile).LinkTarget is not null) File.Delete(LockFile);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Ours;
            if (!OperatingSystem.IsWindows() && File.Exists(LockFile)) File.SetUnixFileMode(LockFile, Ours);
            held = new FileStream(LockFile, options);
        }
        catch (IOException error) when (error.HResult is WouldBlock or WouldBlockOnMac)
        {
            return null;
        }

        WriteHolder();
        return held;
    }

    /// <summary>The process that holds the lock, as it wrote itself; "?" when it has not yet.</summary>
    public string LockHolder() => File.Exists(HolderFile) ? File.ReadAllText(HolderFile).Trim() : "?";

    // As root the server runs under an account of its own, which must be able to walk through, whatever the umask.
    private void MakeRoot()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Walkable = Private | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows()) return;
        var missing = new Stack<string>();
        for (var folder = Root; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder)) missing.Push(folder);
        foreach (var folder in missing)
        {
            Directory.CreateDirectory(folder);
            if (Environment.IsPrivilegedProcess) File.SetUnixFileMode(folder, Walkable);
            else if (folder == Root) File.SetUnixFileMode(folder, Private);
        }
    }

    // Renamed into place, which replaces a link instead of following it.
    private void WriteHolder()
    {
        var written = HolderFile + ".new";
        File.Delete(written);
        using (var file = new StreamWriter(written, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }))
            file.Write(FormattableString.Invariant($"{Environment.ProcessId}\n"));
        File.Move(written, HolderFile, overwrite: true);
    }
}
