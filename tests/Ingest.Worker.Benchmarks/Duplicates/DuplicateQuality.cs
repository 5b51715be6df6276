using Ingest.Worker.Identity.Duplicates;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>Measures sampling and judging apart from the database.</summary>
internal static class DuplicateQuality
{
    public static int Run()
    {
        if (RealBodies.Load() is not { } all) { Console.WriteLine("no corpus"); return 1; }
        var bodies = all.Where(static b => b.Length > 500).ToList();
        Console.WriteLine($"{all.Count} bodies, {bodies.Count} long");
        var random = new Random(7);
        var edits = new EditedTexts(bodies, random);
        var neg = new HardNegatives(bodies, edits, random);
        foreach (var kind in EditedTexts.Kinds)
        {
            var pairs = bodies.Select(b => (A: ShingledText.Of(b), B: ShingledText.Of(edits.Edit(b, kind)))).ToList();
            Report(kind, pairs);
        }
        foreach (var kind in HardNegatives.Kinds)
        {
            var pairs = Enumerable.Range(0, 300).Select(_ => neg.Pair(kind)).Select(p => (A: ShingledText.Of(p.One), B: ShingledText.Of(p.Other))).ToList();
            Report("NEG " + kind, pairs);
        }
        return 0;
    }

    private static void Report(string kind, List<(ShingledText A, ShingledText B)> pairs)
    {
        var r = pairs.Select(p => Resemblance.Of(p.A, p.B, new HashSet<ulong>())).ToList();
        var rule = new DuplicateRule(0.5);
        var ok = pairs.Where(p => DuplicateRule.IsComparable(p.A) && DuplicateRule.IsComparable(p.B)).Count(p => rule.Holds(Resemblance.Of(p.A, p.B, new HashSet<ulong>())));
        Console.WriteLine($"*** {kind} linked {ok}/{pairs.Count} hole p50 {r.Select(x=>x.LargestHole).Order().ElementAt(pairs.Count/2):f2} p95 {r.Select(x=>x.LargestHole).Order().ElementAt(pairs.Count*95/100):f2}");
        var c = r.Select(x => x.Containment).Order().ToList();
        var f = r.Select(x => x.Facts == 0 ? 0 : (double)x.OtherFacts / x.Facts).Order().ToList();
        double Q(List<double> l, double q) => l[(int)((l.Count - 1) * q)];
        Console.WriteLine($"{kind,-26} cont p1 {Q(c, .01):f2} p5 {Q(c, .05):f2} p50 {Q(c, .5):f2} p95 {Q(c, .95):f2} p99 {Q(c, .99):f2} | otherfacts p50 {Q(f, .5):f2} p95 {Q(f, .95):f2} p99 {Q(f, .99):f2}");
    }

    private static int Share(ShingledText stored, ShingledText asked, int k, int q) => ShingleSample.Smallest(stored, k).Intersect(ShingleSample.Smallest(asked, q)).Count();
}
