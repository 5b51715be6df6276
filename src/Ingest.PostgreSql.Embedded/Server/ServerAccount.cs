using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>Who the server runs as. PostgreSQL refuses root, so root lends it <c>postgres</c> or <c>nobody</c>; everyone else runs it as themselves.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Prefix">Command words that become this account before they run the rest; empty for our own.</param>
/// <param name="Owner">uid and gid for files of the server; null for our own.</param>
internal sealed record ServerAccount(string Name, IReadOnlyList<string> Prefix, (string Uid, string Gid)? Owner)
{
    public const string NoneForRoot =
        "PostgreSQL does not run as root, and setpriv (of util-linux) or the users postgres and nobody, under which it would run, are missing. "
        + "Run the worker as an ordinary user, or set ConnectionStrings:Ingest to a database you run.";

    private static readonly string[] Preferred = ["postgres", "nobody"];

    /// <summary>Null when we are root and there is no way to become someone else.</summary>
    public static ServerAccount? Choose()
    {
        if (!Environment.IsPrivilegedProcess) return new ServerAccount("this user", [], null);
        if (ChildProcess.FindTool("setpriv") is not { } setpriv || !File.Exists("/etc/passwd")) return null;

        // initdb and postgres look their own name up: a uid without an entry will not do.
        var entries = File.ReadLines("/etc/passwd").Select(static line => line.Split(':')).Where(static fields => fields.Length >= 4).ToList();
        var entry = Preferred
            .Select(name => entries.Find(fields => fields[0] == name && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var uid) && uid != 0))
            .FirstOrDefault(static found => found is not null);
        return entry is null
            ? null
            : new ServerAccount(
                entry[0],
                [setpriv, "--reuid=" + entry[2], "--regid=" + entry[3], "--clear-groups", "--no-new-privs", "--inh-caps=-all", "--"],
                (entry[2], entry[3]));
    }

    /// <summary>Makes a folder that only this account may enter. Null, or what went wrong.</summary>
    public async Task<string?> CreateFolderAsync(string path, CancellationToken ct)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (new DirectoryInfo(path).LinkTarget is not null) return $"{path} is a link, which may lead to anybody's folder: remove it.";
        if (Owner is not { } owner)
        {
            if (!OperatingSystem.IsWindows()) Directory.CreateDirectory(path, Private);
            return null;
        }

        var made = await ChildProcess.RunAsync(["install", "-d", "-m", "0700", "-o", owner.Uid, "-g", owner.Gid, path], "", ct);
        return made.ExitCode == 0 ? null : $"{path} cannot be made: {made.Errors}";
    }

    /// <summary>Whether it may walk to a folder. Null, or what is in its way.</summary>
    public async Task<string?> ReachAsync(string path, CancellationToken ct)
    {
        if (Owner is null) return null;
        var walked = await ChildProcess.RunAsync([.. Prefix, "/bin/sh", "-c", "cd \"$0\"", path], "", ct);
        return walked.ExitCode == 0
            ? null
            : $"PostgreSQL does not run as root but as {Name}, who may not enter {path}: allow it (chmod o+x on that folder and those above it), "
              + $"or set {EmbeddedPostgresOptions.Section}:DataDirectory to another folder.";
    }
}
