using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace Ingest.Worker.Operations;

/// <summary>
/// Where heartbeats are kept when the settings name no file: a folder that only this user can write to, one file for each process, under the name of its
/// settings file, so that several workers of a machine are told apart.
/// </summary>
internal static class HeartbeatFolder
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // Root's stands where nobody else can put anything; for the others there is no such place on every machine.
    public static string Default { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
        ? "/run/ingest-worker"
        : Path.Combine(Path.GetTempPath(), "ingest-worker-" + Named(Environment.UserName));

    /// <summary>The file of one process.</summary>
    public static string FileFor(string settingsFile, int process) =>
        Path.Combine(Default, Prefix(settingsFile) + process.ToString(CultureInfo.InvariantCulture));

    /// <summary>The files of all processes that were started with a settings file.</summary>
    public static IReadOnlyList<string> FilesFor(string settingsFile)
    {
        // Those that are being written have a longer name.
        var start = Path.Combine(Default, Prefix(settingsFile));
        return Directory.Exists(Default)
            ? [.. Directory.GetFiles(Default).Where(file => file.StartsWith(start, StringComparison.Ordinal) && file[start.Length..].All(char.IsAsciiDigit))]
            : [];
    }

    /// <summary>Makes the folder, or makes sure that nobody else owns it. A link in its place is not followed.</summary>
    /// <exception cref="IOException">It is somebody else's.</exception>
    public static void Secure(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, Private);
        RefuseLink(folder);
        try
        {
            // Only its owner may.
            File.SetUnixFileMode(folder, Private);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new IOException($"{folder} belongs to another user", error);
        }

        RefuseLink(folder);
    }

    private static void RefuseLink(string folder)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null) throw new IOException($"{folder} is a link; it has to be a folder of this user's own");
    }

    private static string Prefix(string settingsFile) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(settingsFile)))[..12] + "-";

    // A user without an entry has no name.
    private static string Named(string user) =>
        user.Length == 0 || user.Any(static letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.')) ? "user" : user;
}
