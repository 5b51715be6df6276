namespace Ingest.Worker.Sources;

/// <summary>
/// At which hours of the day and on which days of the week a feed has news, learnt from its entries: what makes nights and weekends long and
/// office hours short. All in UTC. Weights are counts that fade.
/// </summary>
/// <param name="ByHour">One weight an hour of the day.</param>
/// <param name="ByDay">One weight a day of the week, Sunday first.</param>
internal sealed record ActivityProfile(IReadOnlyList<float> ByHour, IReadOnlyList<float> ByDay)
{
    // News spreads into the hours beside its own, so that a profile is usable after a few entries.
    private const float Beside = 0.3f;

    // What is added to each hour and day when weights are compared: few entries tell little.
    private const double HourPrior = 1, DayPrior = 1.5;

    // No hour is believed to be quite dead.
    private const double Least = 0.05;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(28);

    // Rare news does not fade faster than this with each entry.
    private const double MostFading = 63.0 / 64;

    /// <summary>Nothing is known: every hour is like every other.</summary>
    public static ActivityProfile Flat { get; } = new(new float[24], new float[7]);

    /// <summary>Adds one piece of news, some time after the one before.</summary>
    public ActivityProfile With(DateTimeOffset news, TimeSpan since)
    {
        var utc = news.UtcDateTime;
        var fading = (float)Math.Max(MostFading, Math.Pow(0.5, since / HalfLife));
        float[] hours = [.. ByHour.Select(weight => weight * fading)], days = [.. ByDay.Select(weight => weight * fading)];
        hours[utc.Hour] += 1;
        hours[(utc.Hour + 1) % 24] += Beside;
        hours[(utc.Hour + 23) % 24] += Beside;
        days[(int)utc.DayOfWeek] += 1;
        return new ActivityProfile(hours, days);
    }

    /// <summary>How much news comes in that hour, as a multiple of the average hour.</summary>
    public double Weight(DateTime utc) => Math.Max(
        Least,
        (ByHour[utc.Hour] + HourPrior) * 24 / (ByHour.Sum() + (24 * HourPrior)) * ((ByDay[(int)utc.DayOfWeek] + DayPrior) * 7 / (ByDay.Sum() + (7 * DayPrior))));
}
