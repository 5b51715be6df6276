using System.Globalization;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks.Cost;

/// <summary>
/// <c>cost [feeds|pages|pairs|texts] [part of a name]</c>: reads documents of repeated constructs at three sizes, each four times the last, and names those
/// whose processor time grows worse than linearly, or is high for their size.
/// </summary>
internal static class CostCommand
{
    private const int Smallest = 64 * 1024;
    private const int MostSizes = 4;
    private const double WorstGrowth = 6.25;
    private const double Suspicious = 4.4;
    private const double MostNanosecondsAByte = 800;
    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    public static int Run(string[] args)
    {
        var wanted = args.Length > 0 && Grammars.ContainsKey(args[0]) ? args[0] : null;
        var part = args.Skip(wanted is null ? 0 : 1).FirstOrDefault();
        var (read, bad) = (0, 0);
        foreach (var kind in Grammars.Where(grammar => wanted is null || grammar.Key == wanted).SelectMany(static grammar => grammar.Value()))
        {
            if (part is not null && !kind.Name.Contains(part, StringComparison.Ordinal)) continue;
            read++;
            if (Judge(kind) is not { } verdict) continue;
            bad++;
            Console.WriteLine(verdict);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{read} kinds, {bad} cost more than their length"));
        return bad == 0 ? 0 : 1;
    }

    private static readonly Dictionary<string, Func<IEnumerable<CostKind>>> Grammars = new(StringComparer.Ordinal)
    {
        ["feeds"] = FeedKinds.All, ["pages"] = PageKinds.All, ["pairs"] = PageKinds.Pairs, ["texts"] = TextKinds.All,
    };

    private static string? Judge(CostKind kind)
    {
        var times = new List<(int Bytes, TimeSpan Cpu)> { Measure(kind, Smallest) };
        while (times.Count < MostSizes && times[^1].Cpu < Enough && (times.Count == 1 || Growth(times) > Suspicious))
            times.Add(Measure(kind, Smallest << (2 * times.Count)));

        if (!IsBad(times)) return null;

        // Once more, as others share the machine.
        var again = times.ConvertAll(time => Measure(kind, time.Bytes));
        var best = times.Zip(again, static (one, two) => one.Cpu < two.Cpu ? one : two).ToList();
        if (!IsBad(best)) return null;
        var said = best.Select(static time => string.Create(CultureInfo.InvariantCulture, $"{time.Bytes / 1024} KB {time.Cpu.TotalMilliseconds:0} ms"));
        return $"{kind.Name}: {string.Join(", ", said)}";
    }

    private static bool IsBad(List<(int Bytes, TimeSpan Cpu)> times)
    {
        var last = times[^1];
        if (last.Cpu < Noticeable) return false;
        return (Growth(times) > WorstGrowth && last.Cpu.TotalNanoseconds / last.Bytes > MostNanosecondsAByte / 8)
            || last.Cpu.TotalNanoseconds / last.Bytes > MostNanosecondsAByte;
    }

    // Of the last step, in which the document grew fourfold.
    private static double Growth(List<(int Bytes, TimeSpan Cpu)> times) =>
        times.Count == 1 ? 1 : times[^1].Cpu / times[^2].Cpu / ((double)times[^1].Bytes / times[^2].Bytes) * 4;

    private static (int Bytes, TimeSpan Cpu) Measure(CostKind kind, int size)
    {
        var document = kind.Make(size);
        var before = ThreadTime.Spent();
        kind.Read(document);
        return (document.Length, ThreadTime.Spent() - before);
    }
}
