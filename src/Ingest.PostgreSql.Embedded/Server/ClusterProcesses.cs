using System.Globalization;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>
/// The PostgreSQL processes that work on a cluster, told by where they are and not by a number in a file: a server stands in its data directory, which only its
/// own account may see. They are looked for and signalled as that account, so that nobody else's process can be taken for one, or be hit.
/// </summary>
internal sealed class ClusterProcesses(string cluster, ServerAccount account)
{
    private const string NotOurs = "not-ours";

    // Without /proc, a server is known by how we start it.
    private const string Look = """
        [ -O "$0" ] || { echo not-ours; exit; }
        if [ ! -e /proc/self/cwd ]; then exec ps -axww -o pid=,ppid=,command=; fi
        for process in /proc/[0-9]*; do
          [ "$process/cwd" -ef "$0" ] && read -r name <"$process/comm" && read -r pid _ _ parent _ <"$process/stat" || continue
          case $name in *postgres*) echo "$pid $parent" ;; esac
        done 2>/dev/null
        exit 0
        """;

    /// <summary>One process that works on the cluster.</summary>
    /// <param name="Pid">Its number.</param>
    /// <param name="Parent">Its parent's.</param>
    internal sealed record Found(int Pid, int Parent);

    /// <summary>What was found.</summary>
    /// <param name="Processes">All of them; empty when nobody works on the cluster.</param>
    /// <param name="Fault">Why it cannot be told; null when it can.</param>
    internal sealed record Sight(IReadOnlyList<Found> Processes, string? Fault)
    {
        /// <summary>The server itself: the one that its file states, else the one that has children here.</summary>
        public Found Server(int? stated) =>
            Processes.FirstOrDefault(process => process.Pid == stated)
            ?? Processes.FirstOrDefault(process => Processes.Any(other => other.Parent == process.Pid))
            ?? Processes[0];
    }

    /// <summary>Looks for them.</summary>
    public async Task<Sight> FindAsync(CancellationToken ct)
    {
        var ended = await ChildProcess.RunAsync([.. account.Prefix, "/bin/sh", "-c", Look, cluster], "", ct);
        if (ended.ExitCode != 0) return new Sight([], $"It cannot be told whether a PostgreSQL runs on {cluster}: {ended.Errors}");
        if (ended.Output.Trim() == NotOurs)
        {
            return new Sight(
                [],
                $"{cluster} does not belong to {account.Name}, under whom PostgreSQL would run: give it to that user (chown -R), "
                + $"or run the worker as its owner, or set {EmbeddedPostgresOptions.Section}:DataDirectory to another folder.");
        }

        return new Sight([.. ended.Output.Split('\n').Select(Read).OfType<Found>()], null);
    }

    /// <summary>Asks the server for a fast shutdown.</summary>
    public Task StopAsync(Found server, CancellationToken ct) =>
        ChildProcess.RunAsync([.. account.Prefix, "/bin/sh", "-c", "kill -s INT \"$0\"", server.Pid.ToString(CultureInfo.InvariantCulture)], "", ct);

    private Found? Read(string line)
    {
        var words = line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 2 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var pid)
            || !int.TryParse(words[1], CultureInfo.InvariantCulture, out var parent))
            return null;
        var isServer = words.Length == 2 || words[2].Contains($"/postgres -D {cluster} -c ", StringComparison.Ordinal);
        return isServer ? new Found(pid, parent) : null;
    }
}
