using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>What a server writes about itself into <c>postmaster.pid</c> (its lines are listed in PostgreSQL's <c>src/include/utils/pidfile.h</c>).</summary>
internal sealed record PostmasterFile(int Pid, int Port, bool IsReady)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Null when there is none, or it is only being written, or it is none.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllText(PathIn(cluster)).Split('\n');
        }
        catch (IOException)
        {
            return null;
        }

        if (!int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)) return null;

        // The second line is the folder's name as it is, line breaks and all; the server counts lines without regard to that when it says that it is ready.
        var portLine = 3 + cluster.Count(static character => character == '\n');
        var port = lines.Length > portLine && int.TryParse(lines[portLine], CultureInfo.InvariantCulture, out var stated) ? stated : 0;
        return new PostmasterFile(pid, port, lines.Length > 7 && lines[7].Trim() == "ready");
    }

    /// <summary>
    /// Makes sure that no server of an earlier worker has the cluster: one that still runs is asked for a fast shutdown and waited for, and what one that
    /// crashed left behind is removed. Null, or why the cluster is not free.
    /// </summary>
    public static async Task<string?> ReleaseAsync(
        DataFolder folder, ServerAccount account, TimeSpan timeout, ServerLog log, TimeProvider time, CancellationToken ct)
    {
        var processes = new ClusterProcesses(folder.Cluster, account);
        var stated = Read(folder.Cluster)?.Pid;
        ClusterProcesses.Found? asked = null;
        var since = time.GetTimestamp();
        while (true)
        {
            var sight = await processes.FindAsync(ct);
            if (sight.Fault is not null) return sight.Fault;
            if (sight.Processes.Count == 0) break;
            var server = sight.Server(stated);
            if (server != asked)
            {
                log.EarlierServerStopping(server.Pid);
                await processes.StopAsync(server, ct);
                asked = server;
            }

            if (time.GetElapsedTime(since) > timeout)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"A PostgreSQL of an earlier worker (process {server.Pid}) still runs on {folder.Cluster} and does not stop: "
                        + $"end it, then start the worker again.");
            await Task.Delay(Pause, time, ct);
        }

        RemoveStale(folder, log);
        return null;
    }

    // Nobody works on the cluster. The process ids that a crashed server left in its files may belong to other programs by now, or be no numbers at all:
    // PostgreSQL would refuse to start.
    private static void RemoveStale(DataFolder folder, ServerLog log)
    {
        if (File.Exists(PathIn(folder.Cluster)))
        {
            log.StaleFileRemoved();
            File.Delete(PathIn(folder.Cluster));
        }

        foreach (var socket in Directory.EnumerateFiles(folder.Run, ".s.PGSQL.*")) File.Delete(socket);
    }

    private static string PathIn(string cluster) => Path.Combine(cluster, "postmaster.pid");
}
