using System.IO;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded;

/// <summary>The file with the embedded server's password, in libpq's form; nobody but its owner may read it.</summary>
internal static class PassFile
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const int Longest = 4096;

    private const string Entry = $"*:*:*:{ClusterSetup.Superuser}:";

    /// <summary>Writes a new one.</summary>
    public static async Task WriteAsync(string path, string password, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Private;
        File.Delete(path);
        await using var file = new StreamWriter(path, options);
        await file.WriteAsync($"{Entry}{password}\n".AsMemory(), ct);
    }

    /// <summary>Looks at the one of an existing cluster, and closes it to others. Null, or what is wrong with it.</summary>
    public static string? Check(string path)
    {
        const string Remedy = "put it back from a backup, or set a new password as docs/operating.md says under \"A lost password\".";
        var file = new FileInfo(path);
        if (!file.Exists) return $"There is no password file {path}, without which the embedded database cannot be opened: {Remedy}";
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Private) File.SetUnixFileMode(path, Private);
        var lines = file.Length > Longest ? [] : File.ReadLines(path).Where(static line => line.Trim().Length > 0).ToList();
        return lines.Count > 0 && lines.TrueForAll(static line => line.StartsWith(Entry, StringComparison.Ordinal) && line.Length > Entry.Length)
            ? null
            : $"The password file {path} does not hold what the worker wrote, a line {Entry}PASSWORD: {Remedy}";
    }
}
