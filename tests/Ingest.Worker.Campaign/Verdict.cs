using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>How late articles were stored after their feeds showed them.</summary>
/// <param name="Middle">The median.</param>
/// <param name="Late">95 of 100 were sooner.</param>
internal sealed record Delay(TimeSpan Middle, TimeSpan Late)
{
    public static Delay? Of(IEnumerable<TimeSpan> delays)
    {
        var sorted = delays.Order().ToList();
        return sorted.Count == 0 ? null : new Delay(sorted[sorted.Count / 2], sorted[sorted.Count * 95 / 100]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Middle.TotalSeconds:0.0}/{Late.TotalSeconds:0.0} s");
}

/// <summary>What a trial found.</summary>
internal sealed record Verdict
{
    /// <summary>What was done, as "200 kills".</summary>
    public required string Done { get; init; }

    /// <summary>Why nothing was done; null when something was.</summary>
    public string? Skipped { get; init; }

    public int Shown { get; init; }

    public int Lost { get; init; }

    public int Doubled { get; init; }

    public int Requests { get; init; }

    /// <summary>The most memory that a worker had, in bytes.</summary>
    public long Peak { get; init; }

    /// <summary>Of the neighbours without hostile hosts; null where that was not measured.</summary>
    public Delay? Alone { get; init; }

    /// <summary>While the faults were made.</summary>
    public Delay? Beside { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>Everything that does not hold, in words.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Prints it, the faults first.</summary>
    /// <returns>The exit code.</returns>
    public int Tell(string name, int seed)
    {
        const int FaultsTold = 25;
        if (Skipped is not null)
        {
            Console.WriteLine($"SKIPPED {name}: {Skipped}");
            return 0;
        }

        foreach (var fault in Faults.Take(FaultsTold)) Console.WriteLine("  fault: " + fault);
        if (Faults.Count > FaultsTold) Console.WriteLine($"  … {Faults.Count} faults in all");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(Faults.Count == 0 ? "HOLDS" : "FAILS")} {name}: {Done}; {Shown} items shown, {Lost} lost, {Doubled} doubled, {Requests} requests, "
            + $"RSS peak {Peak >> 20} MB, neighbours' delay (median/95 %) {(Alone is null ? "" : $"{Alone} alone, ")}{Beside?.ToString() ?? "not measured"} "
            + $"under faults, {Took.TotalSeconds:0} s (seed {seed})"));
        return Faults.Count == 0 ? 0 : 1;
    }
}
