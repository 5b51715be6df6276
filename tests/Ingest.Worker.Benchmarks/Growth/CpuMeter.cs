using System.Diagnostics;
using System.Globalization;
using Ingest.Worker.Storage.Postgres;

namespace Ingest.Worker.Benchmarks.Growth;

/// <summary>What a piece of work took.</summary>
/// <param name="Wall">Seconds on the clock, in which others worked too.</param>
/// <param name="Cpu">CPU seconds of this process and of the server's sessions of this database.</param>
internal readonly record struct Effort(double Wall, double Cpu)
{
    public static Effort operator +(Effort a, Effort b) => new(a.Wall + b.Wall, a.Cpu + b.Cpu);

    public Effort Per(double count) => new(Wall / count, Cpu / count);

    /// <summary>In microseconds.</summary>
    public override string ToString() => Sql.Say($"{Cpu * 1e6,6:0} us CPU, {Wall * 1e6,6:0} us on the clock");
}

/// <summary>Measures work on a database: on a shared machine its CPU time says more than the clock.</summary>
internal sealed class CpuMeter(Database database)
{
    private const double TicksPerSecond = 100;

    public async Task<Effort> MeasureAsync(Func<Task> work)
    {
        var before = (await SessionsAsync()).ToDictionary(static pid => pid, CpuOf);
        var own = OwnCpu();
        var watch = Stopwatch.StartNew();
        await work();
        var wall = watch.Elapsed.TotalSeconds;

        // A session that ended meanwhile takes what it used with it: idle ones only do.
        var server = (await SessionsAsync()).Sum(pid => CpuOf(pid) - before.GetValueOrDefault(pid));
        return new Effort(wall, OwnCpu() - own + server);
    }

    private async Task<IReadOnlyList<int>> SessionsAsync()
    {
        await using var command = database.DataSource.CreateCommand(
            "select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'");
        await using var reader = await command.ExecuteReaderAsync();
        var pids = new List<int>();
        while (await reader.ReadAsync()) pids.Add(reader.GetInt32(0));
        return pids;
    }

    private static double OwnCpu()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }

    private static double CpuOf(int pid)
    {
        var file = Sql.Say($"/proc/{pid}/stat");
        if (!File.Exists(file)) return 0;
        var fields = File.ReadAllText(file).Split(") ")[^1].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
