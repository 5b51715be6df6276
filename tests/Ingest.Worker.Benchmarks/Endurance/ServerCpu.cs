using System.Globalization;

namespace Ingest.Worker.Benchmarks.Endurance;

/// <summary>The CPU time of a PostgreSQL server with all its processes, those that ended included, from /proc.</summary>
internal sealed class ServerCpu(string dataFolder)
{
    private const double TicksPerSecond = 100;

    private readonly int postmaster = int.Parse(File.ReadLines(Path.Combine(dataFolder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public TimeSpan Read()
    {
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static path => char.IsAsciiDigit(path[6])))
        {
            if (Stat(folder) is not { } fields) continue;
            var isServer = folder == string.Create(CultureInfo.InvariantCulture, $"/proc/{postmaster}");
            if (isServer || fields[1] == postmaster) ticks += fields[11] + fields[12];
            if (isServer) ticks += fields[13] + fields[14];
        }

        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    // Fields after the name: state (as 0), parent, …, 11 utime, 12 stime, 13 cutime, 14 cstime.
    private static long[]? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            return
            [
                .. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(
                    static field => long.TryParse(field, CultureInfo.InvariantCulture, out var value) ? value : 0),
            ];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
