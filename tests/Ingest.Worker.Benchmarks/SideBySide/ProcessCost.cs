using System.Diagnostics;
using System.Globalization;

namespace Ingest.Worker.Benchmarks.SideBySide;

/// <summary>What a process took.</summary>
/// <param name="Cpu">CPU time of it and its children.</param>
/// <param name="PeakBytes">The most memory that was resident.</param>
internal readonly record struct ProcessCost(TimeSpan Cpu, long PeakBytes)
{
    private const double TicksPerSecond = 100;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a program to its end; what it says is shown when it fails.</summary>
    public static async Task<ProcessCost> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        var cost = default(ProcessCost);
        while (!process.HasExited)
        {
            // The last look before its end misses a fiftieth of a second at most.
            cost = Look(process.Id) ?? cost;
            await Task.Delay(Every);
        }

        return process.ExitCode == 0 ? cost : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}{await output}");
    }

    // /proc/PID/stat behind the name: state, parent, …, 11 utime, 12 stime, 13 cutime, 14 cstime.
    private static ProcessCost? Look(int pid)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var ticks = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(static field => long.Parse(field, CultureInfo.InvariantCulture));
            var peak = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .First(static line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return new ProcessCost(TimeSpan.FromSeconds(ticks / TicksPerSecond), long.Parse(peak, CultureInfo.InvariantCulture) << 10);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or IndexOutOfRangeException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}
