using System.Globalization;
using System.Threading.Tasks;

namespace Ingest.Worker.Commands.Output;

/// <summary>How far a work is.</summary>
/// <param name="What">What is counted, in the plural.</param>
/// <param name="Done">How many are done.</param>
/// <param name="All">How many there are; null while that is not known.</param>
internal sealed record Measure(string What, long Done, long? All)
{
    /// <summary>Which share of the work is done, where the number of all does not tell it; null for unknown.</summary>
    public double? Share { get; init; }
}

/// <summary>
/// Says how far a long work is, on the error output: on a terminal in one line that is written again and again, elsewhere in a line every 10 s. What is soon
/// done says nothing.
/// </summary>
internal sealed class Progress : IAsyncDisposable
{
    private static readonly TimeSpan EveryOnTerminal = TimeSpan.FromSeconds(0.5), EveryElsewhere = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource end = new();
    private readonly bool isTerminal;
    private readonly Task work;

    private Progress(Func<Measure?> look, bool isTerminal)
    {
        this.isTerminal = isTerminal;
        work = Task.Run(() => SayAsync(look, end.Token), CancellationToken.None);
    }

    /// <summary>Begins to tell.</summary>
    /// <param name="look">How far it is now; asked from another thread. Null for nothing to tell.</param>
    public static Progress Begin(Func<Measure?> look) => new(look, IsTerminal);

    /// <summary>Begins to tell where there is a terminal; elsewhere nothing is said.</summary>
    public static Progress? OnTerminal(Func<Measure?> look) => IsTerminal ? new Progress(look, isTerminal: true) : null;

    private static bool IsTerminal => !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>The line.</summary>
    /// <param name="measure">How far the work is.</param>
    /// <param name="before">How many were done when it was first looked at.</param>
    /// <param name="took">How long ago that was.</param>
    public static string Line(Measure measure, long before, TimeSpan took)
    {
        var culture = CultureInfo.InvariantCulture;
        var (done, all) = (measure.Done, measure.All);
        var share = measure.Share ?? (all > 0 ? Math.Min(1, (double)done / all.Value) : null);
        var rate = took > TimeSpan.Zero ? (done - before) / took.TotalSeconds : 0;
        var line = all is null ? string.Create(culture, $"{done:N0} {measure.What}") : string.Create(culture, $"{done:N0} of {all:N0} {measure.What}");
        if (share is { } part) line += string.Create(culture, $", {Math.Floor(100 * part):0} %");
        if (rate > 0) line += string.Create(culture, $", {(rate < 10 ? Math.Round(rate, 1) : Math.Round(rate)):#,0.#}/s");
        if (rate > 0 && Left(measure, share, rate, took) is { } left) line += string.Create(culture, $", {Say(left)} left");
        return line;
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await work;
        if (isTerminal) Show("");
        end.Dispose();
    }

    private async Task SayAsync(Func<Measure?> look, CancellationToken ct)
    {
        var time = TimeProvider.System;
        using var timer = new PeriodicTimer(isTerminal ? EveryOnTerminal : EveryElsewhere, time);
        var (what, before, began) = ("", 0L, time.GetTimestamp());
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                if (look() is not { } measure) continue;
                // Another work begins anew; one that says more of itself goes on.
                if (what.Length > 0 && Noun(measure) != what) (before, began) = (measure.Done, time.GetTimestamp());
                what = Noun(measure);
                Show(Line(measure, before, time.GetElapsedTime(began)));
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static string Noun(Measure measure) => measure.What.Split(',')[0];

    private void Show(string line)
    {
        if (isTerminal) Footer.Show(line);
        else Console.Error.WriteLine(line);
    }

    private static TimeSpan? Left(Measure measure, double? share, double rate, TimeSpan took) =>
        measure.Share is null && measure.All is { } all ? TimeSpan.FromSeconds(Math.Max(0, all - measure.Done) / rate)
        : share is > 0.005 ? took * ((1 - share.Value) / share.Value)
        : null;

    private static string Say(TimeSpan left) =>
        left < TimeSpan.FromDays(1) ? left.ToString(left < TimeSpan.FromHours(1) ? "m\\:ss" : "h\\:mm\\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalDays:0.0} days");
}
