using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace Ingest.Worker.Storage.Embedded;

/// <summary>Makes the cluster of a new data folder: UTF-8, code point order, scram with a random password.</summary>
internal static class ClusterSetup
{
    public const string Superuser = "ingest";

    private const string UnfinishedPrefix = "unfinished-";

    // initdb reads the password from a pipe of its own account's, so that it never lies in a file which that account can read.
    private const string Initdb = "cat | \"$0\" \"$@\" --pwfile=/dev/stdin";

    /// <summary>The major version that made the folder's cluster; null when there is no cluster yet.</summary>
    public static int? MajorOf(DataFolder folder)
    {
        var file = Path.Combine(folder.Cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>
    /// All or nothing: the cluster appears under its name when it is complete. One that need not be <paramref name="durable"/> is made without syncing
    /// its files. Null, or what went wrong.
    /// </summary>
    public static async Task<string?> CreateAsync(DataFolder folder, PostgresBinaries binaries, ServerAccount account, bool durable, CancellationToken ct)
    {
        RemoveUnfinished(folder);
        var unfinished = Path.Combine(folder.Root, UnfinishedPrefix + RandomNumberGenerator.GetHexString(8, lowercase: true));
        if (await account.CreateFolderAsync(unfinished, ct) is { } fault) return fault;
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        await WritePassFileAsync(folder, password, ct);
        try
        {
            var ended = await InitdbAsync("C.UTF-8");

            // Not every C library has C.UTF-8 (older macOS); plain C orders the same and only knows ASCII's upper case.
            if (ended.Errors.Contains("invalid locale", StringComparison.Ordinal)) ended = await InitdbAsync("C");
            if (ended.ExitCode != 0) return $"initdb of {binaries.Folder} failed for {folder.Cluster}: {ended.Errors}";
            Directory.Move(unfinished, folder.Cluster);
            return null;
        }
        finally
        {
            RemoveUnfinished(folder);
        }

        Task<ChildProcess.Ended> InitdbAsync(string locale)
        {
            List<string> command =
            [
                .. account.Prefix, "/bin/sh", "-c", Initdb, binaries.Initdb, "--pgdata=" + unfinished, "--username=" + Superuser, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=" + locale,
            ];
            if (binaries.Major >= 17) command.AddRange(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
            if (!durable) command.Add("--no-sync");
            return ChildProcess.RunAsync(command, password + "\n", ct);
        }
    }

    private static async Task WritePassFileAsync(DataFolder folder, string password, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.Delete(folder.PassFile);
        await using var file = new StreamWriter(folder.PassFile, options);
        await file.WriteAsync($"*:*:*:{Superuser}:{password}\n".AsMemory(), ct);
    }

    // An initdb whose worker was killed may still be writing into its folder; what cannot be removed now is removed at the next start.
    private static void RemoveUnfinished(DataFolder folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder.Root, UnfinishedPrefix + "*"))
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (IOException)
            {
            }
        }
    }
}
