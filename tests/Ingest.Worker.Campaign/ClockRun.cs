using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>The worker's clock is put an hour ahead and right again, while those of the database and the hosts are right.</summary>
internal static class ClockRun
{
    private static readonly string[] Libraries =
    [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1",
        "/usr/lib64/faketime/libfaketime.so.1",
    ];

    public static async Task<Verdict> RunAsync(int steps, int seed, CancellationToken ct)
    {
        if (Libraries.FirstOrDefault(File.Exists) is not { } library) return new Verdict { Done = "", Skipped = "libfaketime is not installed." };
        await using var trial = await Trial.PrepareAsync(workers: 1, seed, data: null, ct);
        var clock = Path.Combine(trial.Folder, "clock");
        foreach (var worker in trial.Workers)
        {
            worker.Set("LD_PRELOAD", library);
            worker.Set("FAKETIME_TIMESTAMP_FILE", clock);
            worker.Set("FAKETIME_CACHE_DURATION", "1");
            worker.Set("DONT_FAKE_MONOTONIC", "1");
        }

        // Started ahead, which plans everything for a wrong hour.
        await SetAsync(clock, TimeSpan.FromHours(1), ct);
        await trial.StartAsync(ct);
        for (var step = 1; step <= steps; step++)
        {
            await trial.PauseAsync(20, 40, ct);
            await SetAsync(clock, TimeSpan.Zero, ct);
            await Faults.ShouldGrowAsync(trial, string.Create(CultureInfo.InvariantCulture, $"put right {step}"), ct);
            await trial.PauseAsync(20, 40, ct);
            if (step == steps) break;
            await SetAsync(clock, TimeSpan.FromHours(1), ct);
            await Faults.ShouldGrowAsync(trial, string.Create(CultureInfo.InvariantCulture, $"put ahead {step}"), ct);
        }

        var verdict = await trial.FinishAsync($"{steps} steps of the clock by an hour and back", ct);
        return verdict with { Beside = null };
    }

    // Renamed into place, so that nobody reads half of it.
    private static async Task SetAsync(string file, TimeSpan ahead, CancellationToken ct)
    {
        await File.WriteAllTextAsync(file + ".new", string.Create(CultureInfo.InvariantCulture, $"{ahead.TotalSeconds:+0;-0;+0}\n"), ct);
        File.Move(file + ".new", file, overwrite: true);
    }
}
