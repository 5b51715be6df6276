using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>The processes of a server, as the system tells of them.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ServerProcesses
{
    // The shells of the server's session: its parent and that one's other child.
    public static IEnumerable<int> Watchdogs(int pid) =>
        from entry in Directory.EnumerateDirectories("/proc")
        let other = int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var number) ? number : 0
        where other != 0 && other != pid && Session(other) == Session(pid) && File.ReadAllText(Path.Combine(entry, "comm")).Trim() == "sh"
        select other;

    // State, parent, group, session and so on; none for a process that is gone.
    private static string[] Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    public static bool IsAlive(int pid)
    {
        // A dead process stays listed until its parent, which may be anyone by then, has asked for its exit code.
        if (File.Exists("/proc/self/stat")) return Stat(pid) is not ([] or ["Z", ..]);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    public static async Task UntilGoneAsync(int pid)
    {
        for (var wait = 0; IsAlive(pid) && wait < 1500; wait++) await Task.Delay(20, TestContext.Current.CancellationToken);
        IsAlive(pid).ShouldBeFalse();
    }

    public static string Session(int pid) => Stat(pid).ElementAtOrDefault(3) ?? "";
}
