using System.Globalization;
using System.IO;

namespace Ingest.Worker.Commands;

/// <summary>The limit on open files, below which a process of .NET fails in ways that nobody can read.</summary>
internal static class OpenFiles
{
    /// <summary>The program's own libraries take about 200, hosts and the database the rest.</summary>
    private const int Least = 512;

    /// <summary>What is wrong with the limit; null when nothing is, or it cannot be told.</summary>
    public static string? Fault() => File.Exists("/proc/self/limits") ? Fault(File.ReadLines("/proc/self/limits")) : null;

    /// <summary>The same of the lines of <c>/proc/PID/limits</c>.</summary>
    public static string? Fault(IEnumerable<string> limits)
    {
        const string Name = "Max open files";
        var words = limits.FirstOrDefault(static line => line.StartsWith(Name, StringComparison.Ordinal))?[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [var soft, ..] && int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) && limit < Least
            ? FormattableString.Invariant($"Only {limit} files may be open at once here, and the worker needs {Least}: raise the limit (ulimit -n 4096, LimitNOFILE=4096 of a systemd service).")
            : null;
    }
}
