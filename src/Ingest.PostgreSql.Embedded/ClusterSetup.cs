using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Ingest.PostgreSql.Embedded.Server;

namespace Ingest.PostgreSql.Embedded;

/// <summary>Makes the cluster of a new data folder: UTF-8, code point order, scram with a random password.</summary>
internal static partial class ClusterSetup
{
    public const string Superuser = "ingest";

    private const int LongestVersion = 64;

    private const string UnfinishedPrefix = "unfinished-";

    // initdb reads the password from a pipe of its own account's, so that it never lies in a file which that account can read.
    private const string Initdb = "cat | \"$0\" \"$@\" --pwfile=/dev/stdin";

    /// <summary>The major version that made the folder's cluster, null when there is no cluster yet; or why what is there cannot be used.</summary>
    public static (int? Major, string? Fault) Look(DataFolder folder)
    {
        const string Remedy = $"move it away to begin with an empty database, or set {EmbeddedPostgresOptions.Section}:DataDirectory to another folder.";
        var file = new FileInfo(Path.Combine(folder.Cluster, "PG_VERSION"));
        if (!file.Exists)
        {
            var isFree = !Directory.Exists(folder.Cluster) || !Directory.EnumerateFileSystemEntries(folder.Cluster).Any();
            return (
                null,
                isFree ? null : $"{folder.Cluster} is not a PostgreSQL cluster, or a damaged one: it has no PG_VERSION. Restore it from a backup, {Remedy}");
        }

        var stated = file.Length > LongestVersion ? "" : File.ReadAllText(file.FullName).Trim();
        if (!VersionText().IsMatch(stated) || !int.TryParse(stated.Split('.')[0], CultureInfo.InvariantCulture, out var major))
            return (null, $"{folder.Cluster} is damaged: its PG_VERSION does not hold a version of PostgreSQL. Restore it from a backup, {Remedy}");
        return major >= PostgresSearch.OldestMajor
            ? (major, null)
            : (major, string.Create(
                CultureInfo.InvariantCulture,
                $"{folder.Cluster} was made by PostgreSQL {stated}, and the worker needs {PostgresSearch.OldestMajor} or later: "
                    + $"bring it up with pg_upgrade, {Remedy}"));
    }

    /// <summary>
    /// All or nothing: the cluster appears under its name when it is complete. One that need not be <paramref name="durable"/> is made without syncing
    /// its files. Null, or what went wrong.
    /// </summary>
    public static async Task<string?> CreateAsync(DataFolder folder, PostgresBinaries binaries, ServerAccount account, bool durable, CancellationToken ct)
    {
        RemoveUnfinished(folder);
        var unfinished = Path.Combine(folder.Root, UnfinishedPrefix + RandomNumberGenerator.GetHexString(8, lowercase: true));
        var password = RandomNumberGenerator.GetHexString(48, lowercase: true);
        try
        {
            if (await account.CreateFolderAsync(unfinished, ct) is { } fault) return fault;
            await PassFile.WriteAsync(folder.PassFile, password, ct);
            var ended = await InitdbAsync("C.UTF-8");

            // Not every C library has C.UTF-8 (older macOS); plain C orders the same and only knows ASCII's upper case.
            if (ended.Errors.Contains("invalid locale", StringComparison.Ordinal)) ended = await InitdbAsync("C");
            if (ended.ExitCode != 0) return Explain(ended.Errors);
            if (Directory.Exists(folder.Cluster)) Directory.Delete(folder.Cluster);
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
                "--encoding=UTF8", "--locale=" + locale, "--no-instructions",
            ];
            if (binaries.Major >= 17) command.AddRange(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
            if (!durable) command.Add("--no-sync");
            return ChildProcess.RunAsync(command, password + "\n", ct);
        }

        string Explain(string errors) => errors.Contains("could not look up effective user ID", StringComparison.Ordinal)
            ? "PostgreSQL's initdb wants the user that the worker runs as to be in the list of users, and it is not: add an entry to /etc/passwd, "
              + "run the worker as a user that has one, or set ConnectionStrings:Ingest to a database you run."
            : $"initdb of {binaries.Folder} failed for {folder.Cluster}: {errors.ReplaceLineEndings(" ")}";
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

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3})?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionText();
}
