using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Ingest.Worker.Campaign;

/// <summary>A place in the trial that a process of the worker fills: it is started, hurt, and started again.</summary>
internal sealed class TrialWorker(string name, string folder) : IDisposable
{
    private const int LinesKept = 40;

    private readonly Queue<string> log = new();
    private readonly Dictionary<string, string> environment = new(StringComparer.Ordinal);
    private Process? process;

    public string Name => name;

    /// <summary>The most memory that one of its processes had, in bytes.</summary>
    public long Peak { get; private set; }

    public bool Lives => process is { HasExited: false };

    public int? ExitCode => process is { HasExited: true } ended ? ended.ExitCode : null;

    public string LastWords
    {
        get
        {
            lock (log) return string.Join(" | ", log.TakeLast(3));
        }
    }

    private string File => Path.Combine(folder, name + ".json");

    /// <summary>Sets a variable of its environment.</summary>
    public void Set(string variable, string value) => environment[variable] = value;

    public void Write(object settings) => System.IO.File.WriteAllText(File, JsonSerializer.Serialize(settings));

    /// <summary>Starts the service.</summary>
    public void Start()
    {
        process?.Dispose();
        process = Launch("run");
    }

    /// <summary>Visits everything once.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunOnceAsync(CancellationToken ct)
    {
        using var once = Launch("run", "--once");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromMinutes(10));
        try
        {
            await once.WaitForExitAsync(limit.Token);
            return once.ExitCode;
        }
        finally
        {
            if (!once.HasExited) once.Kill();
        }
    }

    /// <summary>Sends KILL, STOP, CONT or TERM; nothing happens when it has ended.</summary>
    public async Task SignalAsync(string signal, CancellationToken ct)
    {
        if (process is not { HasExited: false } living) return;
        using var kill = Process.Start("kill", ["-s", signal, living.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(ct);
    }

    /// <summary>Sends a signal and waits for its end.</summary>
    /// <returns>The exit code; null when it did not end.</returns>
    public async Task<int?> EndAsync(string signal, TimeSpan patience, CancellationToken ct)
    {
        if (process is null) return 0;
        await SignalAsync(signal, ct);
        try
        {
            await process.WaitForExitAsync(ct).WaitAsync(patience, ct);
            return process.ExitCode;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Looks at its memory.</summary>
    public void Measure()
    {
        try
        {
            process?.Refresh();
            if (Lives) Peak = Math.Max(Peak, process!.PeakWorkingSet64);
        }
        catch (InvalidOperationException)
        {
            // It ended just now.
        }
    }

    public void Dispose()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private Process Launch(params string[] verb)
    {
        string[] command = [Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), .. verb, "--config", File];
        var start = new ProcessStartInfo("dotnet", command) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (variable, value) in environment) start.Environment[variable] = value;
        var launched = Process.Start(start) ?? throw new TrialException("The worker cannot be started.");
        launched.ErrorDataReceived += (_, line) => Keep(line.Data);
        launched.OutputDataReceived += static (_, _) => { };
        launched.BeginErrorReadLine();
        launched.BeginOutputReadLine();
        return launched;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (log)
        {
            log.Enqueue(line);
            if (log.Count > LinesKept) log.Dequeue();
        }
    }
}
