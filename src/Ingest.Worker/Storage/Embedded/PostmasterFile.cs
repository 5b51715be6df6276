using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Ingest.Worker.Storage.Embedded;

/// <summary>
/// What a server writes about itself into <c>postmaster.pid</c> (its lines are listed in PostgreSQL's <c>src/include/utils/pidfile.h</c>); the socket's
/// folder is empty when it has none.
/// </summary>
internal sealed record PostmasterFile(int Pid, int Port, string SocketFolder, bool IsReady)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Null when there is none, or it is only being written.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathIn(cluster));
        }
        catch (IOException)
        {
            return null;
        }

        if (lines.Length < 1 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)) return null;
        var port = lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var stated) ? stated : 0;
        return new PostmasterFile(pid, port, lines.Length > 4 ? lines[4].Trim() : "", lines.Length > 7 && lines[7].Trim() == "ready");
    }

    /// <summary>
    /// Makes sure that no server of an earlier worker has the cluster: one that still runs is asked for a fast shutdown and waited for. Null, or why
    /// the cluster is not free.
    /// </summary>
    public static async Task<string?> ReleaseAsync(DataFolder folder, TimeSpan timeout, ServerLog log, TimeProvider time, CancellationToken ct)
    {
        var cluster = folder.Cluster;
        if (Read(cluster) is not { } earlier) return null;
        if (!await IsServerAsync(earlier.Pid, cluster, ct))
        {
            RemoveStale(folder, earlier, log);
            return null;
        }

        log.EarlierServerStopping(earlier.Pid);
        var pid = earlier.Pid.ToString(CultureInfo.InvariantCulture);
        var asked = await ChildProcess.RunAsync(["/bin/sh", "-c", "kill -s INT \"$0\"", pid], "", ct);
        var since = time.GetTimestamp();
        while (await IsServerAsync(earlier.Pid, cluster, ct))
        {
            if (time.GetElapsedTime(since) > timeout)
                return $"A PostgreSQL of an earlier worker (process {pid}) still runs on {cluster} and does not stop. {asked.Errors}".TrimEnd();
            await Task.Delay(Pause, time, ct);
        }

        return null;
    }

    // After a reboot, or in a container, the process ids that a crashed server left behind may belong to other programs: PostgreSQL would take them for
    // itself and refuse to start.
    private static void RemoveStale(DataFolder folder, PostmasterFile earlier, ServerLog log)
    {
        log.StaleFileRemoved(earlier.Pid);
        File.Delete(PathIn(folder.Cluster));
        foreach (var socketLock in Directory.EnumerateFiles(folder.Run, ".s.PGSQL.*.lock")) File.Delete(socketLock);
    }

    private static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");

    private static async Task<bool> IsServerAsync(int pid, string cluster, CancellationToken ct)
    {
        string command;
        if (File.Exists("/proc/self/cmdline"))
        {
            try
            {
                command = await File.ReadAllTextAsync(FormattableString.Invariant($"/proc/{pid}/cmdline"), ct);
            }
            catch (IOException)
            {
                return false;
            }
        }
        else
        {
            command = (await ChildProcess.RunAsync(["ps", "-ww", "-o", "command=", "-p", pid.ToString(CultureInfo.InvariantCulture)], "", ct)).Output;
        }

        return command.Contains("postgres", StringComparison.Ordinal) && command.Contains(cluster, StringComparison.Ordinal);
    }
}
