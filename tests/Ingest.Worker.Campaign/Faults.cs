using System.Diagnostics;
using System.Globalization;

namespace Ingest.Worker.Campaign;

/// <summary>Trials of one kind of fault each.</summary>
internal static class Faults
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(90);

    /// <summary>kill -9 of one of two workers at random moments, many of them while it starts.</summary>
    public static async Task<Verdict> KillAsync(int kills, int seed, CancellationToken ct)
    {
        await using var trial = await Trial.PrepareAsync(workers: 2, seed, data: null, ct);
        await trial.StartAsync(ct);
        for (var kill = 1; kill <= kills; kill++)
        {
            await trial.PauseAsync(0.05, trial.Random.Next(3) switch { 0 => 1.5, 1 => 4, _ => 9 }, ct);
            trial.ShouldLive(Numbered("kill", kill));
            var worker = trial.Workers[trial.Random.Next(trial.Workers.Count)];
            await worker.EndAsync("KILL", Recovery, ct);
            if (trial.Random.Next(4) == 0) await trial.PauseAsync(0, 8, ct);
            worker.Start();
            if (kill % 20 == 0) Trial.Say($"{kill} kills, {await trial.Server.ArticlesAsync(ct)} articles");
        }

        await ShouldGrowAsync(trial, "after the kills", ct);
        return await trial.FinishAsync($"{kills} kills of 2 workers", ct);
    }

    /// <summary>Immediate stops of PostgreSQL, which is away for a moment or for longer.</summary>
    public static async Task<Verdict> CrashAsync(int crashes, int seed, CancellationToken ct)
    {
        await using var trial = await Trial.PrepareAsync(workers: 2, seed, data: null, ct);
        await trial.StartAsync(ct);
        for (var crash = 1; crash <= crashes; crash++)
        {
            await trial.PauseAsync(1, 8, ct);
            await trial.Server.CrashAsync(ct);
            await Task.Delay(TimeSpan.FromSeconds(trial.Random.Next(6) switch { 0 => 0, 1 => 0.2, 2 => 1, 3 => 3, 4 => 8, _ => 20 }), ct);
            await trial.Server.StartAsync(ct);
            trial.ShouldLive(Numbered("crash", crash));
            if (crash % 10 == 0) Trial.Say($"{crash} crashes, {await trial.Server.ArticlesAsync(ct)} articles");
        }

        await ShouldGrowAsync(trial, "after the crashes", ct);
        return await trial.FinishAsync($"{crashes} immediate stops of PostgreSQL under 2 workers", ct);
    }

    /// <summary>Each table that a worker writes is locked for a while.</summary>
    public static async Task<Verdict> LockAsync(int seconds, int seed, CancellationToken ct)
    {
        string[] tables = ["articles", "sources", "page_queue", "fetches", "article_changes"];
        await using var trial = await Trial.PrepareAsync(workers: 1, seed, data: null, ct);
        await trial.StartAsync(ct);
        foreach (var table in tables)
        {
            await trial.Server.LockAsync(table, TimeSpan.FromSeconds(seconds), ct);
            trial.ShouldLive($"{table} locked");
            await ShouldGrowAsync(trial, $"{table} was locked", ct);
        }

        return await trial.FinishAsync($"{tables.Length} tables locked for {seconds} s each", ct);
    }

    /// <summary>One of two workers stands still while the other goes on, then goes on itself.</summary>
    public static async Task<Verdict> PauseAsync(int pauses, int seed, CancellationToken ct)
    {
        await using var trial = await Trial.PrepareAsync(workers: 2, seed, data: null, ct);
        await trial.StartAsync(ct);
        for (var pause = 1; pause <= pauses; pause++)
        {
            var worker = trial.Workers[trial.Random.Next(trial.Workers.Count)];
            await worker.SignalAsync("STOP", ct);
            await trial.PauseAsync(20, 70, ct);
            await worker.SignalAsync("CONT", ct);
            await ShouldGrowAsync(trial, Numbered("pause", pause), ct);
            await trial.PauseAsync(5, 15, ct);
            trial.ShouldLive(Numbered("pause", pause));
        }

        return await trial.FinishAsync($"{pauses} pauses of one of 2 workers", ct);
    }

    /// <summary>The disk under PostgreSQL is full for a while, and has room again.</summary>
    public static async Task<Verdict> FillAsync(int times, int seed, CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess || !OperatingSystem.IsLinux()) return new Verdict { Done = "", Skipped = "only root may mount a small disk." };
        await using var disk = await SmallDisk.MountAsync(200, ct);
        await using var trial = await Trial.PrepareAsync(workers: 1, seed, disk.Folder + "/pg", ct);
        await trial.StartAsync(ct);
        for (var time = 1; time <= times; time++)
        {
            disk.Fill();
            await trial.PauseAsync(15, 35, ct);
            trial.ShouldLive(Numbered("full disk", time));
            disk.Empty();
            if (trial.Server.HasEnded) await trial.Server.StartAsync(ct);
            await ShouldGrowAsync(trial, Numbered("room again", time), ct);
            trial.ShouldLive(Numbered("room again", time));
        }

        return await trial.FinishAsync($"{times} times a full disk", ct);
    }

    /// <summary>Counts it as a fault when no article comes in a while.</summary>
    internal static async Task ShouldGrowAsync(Trial trial, string when, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        if (await trial.GrowsAsync(await trial.Server.ArticlesAsync(ct), Recovery, ct))
            Trial.Say(string.Create(CultureInfo.InvariantCulture, $"{when}: the first article after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        else
            trial.Fault($"{when}: no article in {Recovery.TotalSeconds:0} s");
    }

    private static string Numbered(string what, int number) => string.Create(CultureInfo.InvariantCulture, $"{what} {number}");
}
