using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace Ingest.PostgreSql.Embedded.Server;

/// <summary>
/// The server's process under a watchdog: a shell that reads signal names from a pipe and stops the server when the pipe closes. The kernel closes it
/// however the worker dies, so that kill -9 ends in the same fast shutdown as a clean stop. Both live in a session of their own, where a terminal's Ctrl-C
/// does not reach: it is the worker that decides when the database goes.
/// </summary>
internal sealed class Postmaster : IDisposable
{
    private const int LastWordsKept = 12;

    private const string Watchdog = """
        trap '' INT HUP
        if [ "$0" = shared-session ]; then set -m; fi
        exec 3<&0
        "$@" </dev/null >&2 3<&- &
        server=$!
        echo "$server"
        ( while read -r signal <&3; do kill -s "$signal" "$server"; done; kill -s INT "$server" ) >/dev/null 2>&1 &
        watch=$!
        wait "$server"
        status=$?
        kill "$watch" 2>/dev/null
        exit "$status"
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lastWords = new();
    private readonly Task relay;

    private Postmaster(Process process, ServerLog log)
    {
        this.process = process;
        relay = RelayAsync(process.StandardError, log);
        Exited = ExitedAsync();
    }

    /// <summary>Ends with the server; its exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>The end of what the server printed.</summary>
    public string LastWords => string.Join(' ', lastWords);

    public static Postmaster Start(
        PostgresBinaries binaries, ServerAccount account, string cluster, IEnumerable<KeyValuePair<string, string>> settings, ServerLog log)
    {
        var setsid = ChildProcess.FindTool("setsid");
        List<string> command =
        [
            .. setsid is null ? Array.Empty<string>() : [setsid], .. account.Prefix, "/bin/sh", "-c", Watchdog,
            setsid is null ? "shared-session" : "own-session",
            binaries.Postgres, "-D", cluster, .. settings.SelectMany(static setting => new[] { "-c", $"{setting.Key}={setting.Value}" }),
        ];
        var watchdog = new Process { StartInfo = ChildProcess.Prepare(command) };
        watchdog.Start();
        return new Postmaster(watchdog, log);
    }

    /// <summary>Waits until the server accepts connections. What it says of itself, or null: it ended or the time is up.</summary>
    public async Task<PostmasterFile?> WaitUntilReadyAsync(string cluster, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        if (!int.TryParse(await process.StandardOutput.ReadLineAsync(ct), CultureInfo.InvariantCulture, out var pid)) return null;
        while (!Exited.IsCompleted && time.GetElapsedTime(since) < timeout)
        {
            if (PostmasterFile.Read(cluster) is { IsReady: true } file && file.Pid == pid) return file;
            await Task.Delay(Pause, time, ct);
        }

        return null;
    }

    /// <summary>A fast shutdown: transactions are rolled back, connections closed, all written. An immediate one when the time is up.</summary>
    public async Task StopAsync(TimeSpan timeout, ServerLog log, TimeProvider time)
    {
        if (await SignalAsync("INT", timeout, time)) return;
        log.StoppingAtOnce(timeout.TotalSeconds);
        if (await SignalAsync("QUIT", TimeSpan.FromSeconds(5), time)) return;
        process.Kill(entireProcessTree: true);
        await Exited;
    }

    public void Dispose() => process.Dispose();

    private async Task<bool> SignalAsync(string signal, TimeSpan timeout, TimeProvider time)
    {
        try
        {
            await process.StandardInput.WriteAsync(signal + "\n");
            await process.StandardInput.FlushAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // The watchdog is gone, so the server is; or it will be found at the next start.
        }

        try
        {
            await Exited.WaitAsync(timeout, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<int> ExitedAsync()
    {
        await process.WaitForExitAsync();
        await relay;
        return process.ExitCode;
    }

    private async Task RelayAsync(StreamReader errors, ServerLog log)
    {
        while (await errors.ReadLineAsync() is { } line)
        {
            lastWords.Enqueue(line);
            if (lastWords.Count > LastWordsKept) lastWords.TryDequeue(out _);
            log.Relay(line);
        }
    }
}
