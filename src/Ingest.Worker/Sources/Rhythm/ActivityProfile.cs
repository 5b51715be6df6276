namespace Ingest.Worker.Sources.Rhythm;

/// <summary>
/// At which hours of the day and on which days of the week a feed has news, learnt from its entries: what makes nights and weekends long and
/// office hours short. All in UTC; counts fade.
/// </summary>
/// <param name="NewsByHour">News of each hour of the day.</param>
/// <param name="NewsByDay">News of each day of the week, Sunday first.</param>
/// <param name="HoursByHour">Hours that were watched, by the hour of the day: an hour that was not watched is not quiet.</param>
/// <param name="HoursByDay">Hours that were watched, by the day of the week.</param>
internal sealed record ActivityProfile(
    IReadOnlyList<float> NewsByHour, IReadOnlyList<float> NewsByDay, IReadOnlyList<float> HoursByHour, IReadOnlyList<float> HoursByDay)
{
    // News spreads into the hours beside its own, so that a profile is usable after a few entries; and so does the time watched, or else an hour would
    // seem full of news that was only watched beside.
    private const float OwnHour = 0.6f, HourBeside = 0.2f;

    // Pieces of news that each hour and day is taken to have had, as many as the average one: few entries tell little.
    private const double HourPrior = 1, DayPrior = 1.5;

    // No hour is believed to be quite dead.
    private const double Least = 0.05;

    // Rare news does not fade faster than this with each entry.
    private const double MostFading = 63.0 / 64;

    private static readonly TimeSpan HalfLife = TimeSpan.FromDays(28);

    /// <summary>Nothing is known: every hour is like every other.</summary>
    public static ActivityProfile Flat { get; } = new(new float[24], new float[7], new float[24], new float[7]);

    /// <summary>Adds one piece of news, and the time since the one before.</summary>
    public ActivityProfile With(DateTimeOffset before, DateTimeOffset news)
    {
        var fading = (float)Math.Max(MostFading, Math.Pow(0.5, (news - before) / HalfLife));
        float[] hours = Faded(NewsByHour, fading), days = Faded(NewsByDay, fading), watchedHours = Faded(HoursByHour, fading),
        watchedDays = Faded(HoursByDay, fading);
        var utc = news.UtcDateTime;
        AddTo(hours, utc.Hour, 1);
        days[(int)utc.DayOfWeek] += 1;

        // What lies further back would have faded anyway.
        var from = news - before > HalfLife ? news - HalfLife : before;
        for (var at = from.UtcDateTime; at < utc;)
        {
            var next = at.Date.AddHours(at.Hour + 1);
            var watched = (float)((next < utc ? next : utc) - at).TotalHours;
            AddTo(watchedHours, at.Hour, watched);
            watchedDays[(int)at.DayOfWeek] += watched;
            at = next;
        }

        return new ActivityProfile(hours, days, watchedHours, watchedDays);
    }

    /// <summary>How much news comes in each hour of the week, Sunday's first, as multiples of the average hour.</summary>
    public double[] Week()
    {
        var watched = HoursByHour.Sum();
        var rate = watched > 0 ? NewsByHour.Sum() / watched : 0;
        var hours = NewsByHour.Zip(HoursByHour, (news, seen) => (news + HourPrior) / ((seen * rate) + HourPrior)).ToArray();
        var days = NewsByDay.Zip(HoursByDay, (news, seen) => (news + DayPrior) / ((seen * rate) + DayPrior)).ToArray();
        var week = Enumerable.Range(0, 7 * 24).Select(hour => hours[hour % 24] * days[hour / 24]).ToArray();
        var mean = week.Average();
        return [.. week.Select(weight => Math.Max(Least, weight / mean))];
    }

    private static void AddTo(float[] hours, int hour, float amount)
    {
        hours[hour] += OwnHour * amount;
        hours[(hour + 1) % 24] += HourBeside * amount;
        hours[(hour + 23) % 24] += HourBeside * amount;
    }

    private static float[] Faded(IReadOnlyList<float> weights, float fading) => [.. weights.Select(weight => weight * fading)];
}
