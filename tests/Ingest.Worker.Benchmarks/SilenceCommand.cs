using System.Globalization;
using Ingest.Worker.Tests.Sources;

namespace Ingest.Worker.Benchmarks;

/// <summary>
/// <c>silence [SOURCES] [YEARS]</c>: how soon sources that fall silent, or whose articles drift, are found, and how often by mistake; on made histories of so
/// many sources of each temperament.
/// </summary>
internal static class SilenceCommand
{
    public static int Run(string[] args)
    {
        var sources = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10;
        var years = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        Console.WriteLine("Found: the silence's length by then, in the longest gaps that the source left by itself before, in mean ones, and in hours.");
        Console.WriteLine("temperament     years | silences missed |  longest: median  worst | means: median |  hours: median | false alarms a year");
        var rows = SilenceReplay.Temperaments.AsParallel().AsOrdered().WithDegreeOfParallelism(2).Select(temperament => SilenceRow.Of(
            temperament.Name,
            [.. Enumerable.Range(0, sources).Select(seed => SilenceReplay.Run(temperament, seed, years, isDated: seed % 3 != 2))])).ToList();
        foreach (var row in rows.Append(SilenceRow.Of("all", rows))) Write(row);
        Console.WriteLine();
        Console.WriteLine("drift        | sources found | articles by then: median worst | false alarms a year");
        foreach (var row in DriftReplay.Run(sources, years))
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Name,-12} | {row.Sources,7} {row.Found.Count,5} | {row.Median,24:0} {row.Worst,5:0} | {row.FalseAlarms / row.Years,19:0.000}"));
        return 0;
    }

    private static void Write(SilenceRow row)
    {
        var (longest, means, hours) = (
            row.Found.Select(static found => found.Longest).Order().ToList(), row.Found.Select(static found => found.Mean).Order().ToList(),
            row.Found.Select(static found => found.Time.TotalHours).Order().ToList());
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name,-15} {row.Years,5:0} | {row.Found.Count + row.Missed,8} {row.Missed,6} | {Median(longest),16:0.00} {row.WorstOfLongest,6:0.00}"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $" | {Median(means),13:0.0} | {Median(hours),14:0.0} | {row.AlarmsAYear,19:0.00}"));
    }

    private static double Median(List<double> sorted) => sorted.Count == 0 ? 0 : sorted[sorted.Count / 2];
}
