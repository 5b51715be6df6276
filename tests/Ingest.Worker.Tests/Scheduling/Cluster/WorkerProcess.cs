using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ingest.Worker.Tests.Scheduling.Cluster;

/// <summary>A worker as a process of its own, under a name that it also gives to the hosts it asks.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;

    private WorkerProcess(string name, Process process) => (Name, this.process) = (name, process);

    public string Name { get; }

    /// <summary>What it logged.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Starts <c>run</c> with the settings.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settingsFile">Where the settings are.</param>
    /// <param name="clockError">How far its clock is off, by libfaketime; null for a right one.</param>
    public static WorkerProcess Start(string name, string settingsFile, TimeSpan? clockError = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), "run", "--config", settingsFile])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["Ingest__Fetching__UserAgent"] = $"{name}/1";
        start.Environment["Ingest__Operations__HeartbeatFile"] = Path.Combine(Path.GetDirectoryName(settingsFile)!, $"{name}.alive");
        if (clockError is { } error)
        {
            start.Environment["LD_PRELOAD"] = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
            start.Environment["FAKETIME"] = string.Create(CultureInfo.InvariantCulture, $"{error.TotalSeconds:+0.0;-0.0}");
            start.Environment["DONT_FAKE_MONOTONIC"] = "1";
        }

        var worker = new WorkerProcess(name, Process.Start(start)!);
        worker.process.ErrorDataReceived += (_, line) => worker.Log.Enqueue(line.Data ?? "");
        worker.process.BeginErrorReadLine();
        return worker;
    }

    /// <summary>Writes the settings of workers that share a database.</summary>
    public static void WriteSettings(string file, string connectionString, IReadOnlyDictionary<string, Uri> sources, TimeSpan interval, object scheduling)
    {
        var settings = new
        {
            ConnectionStrings = new { Ingest = connectionString },
            Ingest = new
            {
                Sources = sources.ToDictionary(
                    static source => source.Key,
                    source => new { Url = source.Value.ToString(), Interval = interval.ToString("c", CultureInfo.InvariantCulture), FullText = "Never" }),
                Fetching = new { AllowedNetworks = (string[])["127.0.0.0/8"], MinimumHostDelay = "00:00:00" },
                Polling = new { FirstPollsPerSecond = 10_000 },
                Scheduling = scheduling,
                Storage = new { MaxConnections = 12 },
            },
            Logging = new { LogLevel = new Dictionary<string, string> { ["Default"] = "Warning", ["Ingest.Worker.Scheduling"] = "Information" } },
        };
        File.WriteAllText(file, JsonSerializer.Serialize(settings));
    }

    /// <summary>Sends a signal: KILL, STOP, CONT or TERM; nothing happens when it has ended.</summary>
    public void Signal(string signal)
    {
        if (process.HasExited) return;
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public void Dispose()
    {
        Signal("KILL");
        process.WaitForExit();
        process.Dispose();
    }
}
