using System.Globalization;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>
/// <c>duplicates [--pages FOLDER] [--window N] [--seed N] [--quality] [--cost]</c>: how well near-duplicates are found, and what that costs an article.
/// </summary>
internal static class DuplicateBenchmark
{
    // Shorter texts are no articles.
    private const int ShortestBody = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        var pages = Array.IndexOf(args, "--pages") is var named and >= 0 && named + 1 < args.Length ? args[named + 1] : "pages";
        if (RealBodies.Load(pages) is not { } all)
        {
            Console.Error.WriteLine($"The development pages (../shared/corpus/{pages}) are not there: there are no real texts to measure with.");
            return 1;
        }

        var bodies = all.Where(static body => body.Length >= ShortestBody).ToList();
        Console.WriteLine($"{bodies.Count} real texts of {ShortestBody} characters or more.");
        var both = !args.Contains("--quality") && !args.Contains("--cost");
        if (both || args.Contains("--quality")) await DuplicateQuality.RunAsync(bodies, (int)Option(args, "--seed", 1), CancellationToken.None);
        if (both || args.Contains("--cost")) await DuplicateCost.RunAsync(bodies, Option(args, "--window", 1_000_000), CancellationToken.None);
        return 0;
    }

    private static long Option(string[] args, string name, long otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? long.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
