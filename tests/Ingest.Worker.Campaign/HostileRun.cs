namespace Ingest.Worker.Campaign;

/// <summary>Well-behaved neighbours alone for a while, then beside hostile hosts: they must be as soon as before, and memory must stay in its bounds.</summary>
internal static class HostileRun
{
    // The worker's budget for bodies, and what else it may need.
    private const long PeakAllowed = (256 + 250) << 20;

    private static readonly TimeSpan AloneFor = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan BesideFor = TimeSpan.FromSeconds(180);

    // Below this, a delay is the rhythm of polls.
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(2);

    public static async Task<Verdict> RunAsync(int hosts, int seed, CancellationToken ct)
    {
        await using var hostile = await HostileAnswers.StartAsync(hosts, seed);
        await using var trial = await Trial.PrepareAsync(workers: 1, seed, data: null, ct);
        await trial.StartAsync(ct);
        var alone = DateTimeOffset.UtcNow;
        await Task.Delay(AloneFor, ct);
        trial.WriteSettings(trial.Site.Sources().Concat(hostile.Sources()).ToDictionary(StringComparer.Ordinal));
        var beside = DateTimeOffset.UtcNow;
        await Task.Delay(BesideFor, ct);
        var end = DateTimeOffset.UtcNow;
        trial.ShouldLive("beside hostile hosts");
        await Faults.ShouldGrowAsync(trial, "beside hostile hosts", ct);
        var verdict = await trial.FinishAsync($"{hosts} hostile hosts", ct);
        verdict = verdict with { Alone = await trial.DelayAsync(alone, beside, ct), Beside = await trial.DelayAsync(beside, end, ct) };
        return verdict with { Faults = [.. verdict.Faults, .. Judge(verdict)] };
    }

    private static IEnumerable<string> Judge(Verdict verdict)
    {
        if (verdict.Peak > PeakAllowed) yield return $"the worker had {verdict.Peak >> 20} MB, and {PeakAllowed >> 20} are its bound";
        if (verdict is not { Alone: { } alone, Beside: { } beside }) yield return "no neighbour grew";
        else if (beside.Late > (alone.Late * 1.5) + Unnoticed) yield return $"neighbours were {beside} late beside hostile hosts, {alone} alone";
    }
}
