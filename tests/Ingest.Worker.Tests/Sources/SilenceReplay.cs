using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Health;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Tests.Ingestion.Month;

namespace Ingest.Worker.Tests.Sources;

/// <summary>How the silences of a history were found.</summary>
/// <param name="Name">The temperament.</param>
/// <param name="Years">Years that were replayed, of all sources together.</param>
/// <param name="Found">Of each silence that was found: its length by then, in the longest gaps that the source had left by itself before, in mean ones, and in
/// time.</param>
/// <param name="Missed">Silences that were not found before they ended.</param>
/// <param name="FalseAlarms">Silences that were told of where there was none.</param>
internal sealed record SilenceRow(string Name, double Years, IReadOnlyList<(double Longest, double Mean, TimeSpan Time)> Found, int Missed, int FalseAlarms)
{
    public double AlarmsAYear => FalseAlarms / Years;

    public double WorstOfLongest => Found.Count == 0 ? 0 : Found.Max(static found => found.Longest);

    public static SilenceRow Of(string name, IReadOnlyList<SilenceRow> rows) => new(
        name, rows.Sum(static row => row.Years), [.. rows.SelectMany(static row => row.Found)], rows.Sum(static row => row.Missed),
        rows.Sum(static row => row.FalseAlarms));
}

/// <summary>Replays made histories of news, in which publishers fall silent at known times, with the plans and the rhythm of the product.</summary>
internal static class SilenceReplay
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Silences of a year begin on these days, when the first one has seen some of the source.
    private static readonly int[] SilentDays = [130, 290];

    private static readonly string[] NoNews = ["dead", "fell-silent", "homepage"];

    /// <summary>When news comes: the temperaments of the simulated month that differ in it, and some more that keep to the clock or have holidays.</summary>
    public static IReadOnlyList<Temperament> Temperaments { get; } =
    [
        .. Temperament.All.Where(static one => !NoNews.Contains(one.Name)).DistinctBy(static one => one.Batches is null ? Rates(one) : one.Name),
        new("daily", static (_, _) => 0) { Batches = static (random, day) => [day.AddHours(6).AddMinutes(random.Next(30))] },
        new("weekdays", static (_, _) => 0)
        {
            Batches = static (random, day) => IsWeekend(day) ? [] : [day.AddHours(7).AddMinutes(random.Next(20)), day.AddHours(15).AddMinutes(random.Next(90))],
        },
        new("monthly", static (_, _) => 0) { Batches = static (random, day) => day.Day == 5 ? [day.AddHours(10 + random.Next(5))] : [] },
        new("holidays", static (_, at) => IsWeekend(at) || IsHoliday(at) ? 0 : at.Hour is >= 8 and < 18 ? 1.5 : 0.02),
        new("rare", static (_, _) => 1.0 / 60),
    ];

    /// <summary>Replays years of a source.</summary>
    /// <param name="temperament">When its news comes.</param>
    /// <param name="seed">Which one of these.</param>
    /// <param name="years">How many.</param>
    /// <param name="isDated">Whether its entries say when they came.</param>
    public static SilenceRow Run(Temperament temperament, int seed, int years, bool isDated)
    {
        var random = new Random(seed + temperament.Name.Sum(static letter => letter));
        var all = News(temperament, random, years).ToList();
        var silences = Silences(all, years);
        var heard = all.Where(at => silences.TrueForAll(silence => at <= silence.From || at >= silence.To)).ToList();
        var (found, falseAlarms) = (new Dictionary<Silent, TimeSpan>(), 0);
        foreach (var at in Alarms(heard, isDated, Start.AddDays(365 * years)))
        {
            var silence = silences.Find(one => at > one.From && at <= one.To);
            if (silence is null) falseAlarms++;
            else found.TryAdd(silence, at - silence.From);
        }

        return new SilenceRow(
            temperament.Name, years, [.. found.Select(static one => (one.Value / one.Key.Longest, one.Value / one.Key.Mean, one.Value))],
            silences.Count - found.Count, falseAlarms);
    }

    // A silence begins with the last news before it; what comes in the hours of its end was not heard either.
    private sealed record Silent(DateTimeOffset From, DateTimeOffset To, TimeSpan Longest, TimeSpan Mean);

    private static List<Silent> Silences(List<DateTimeOffset> news, int years)
    {
        var silences = new List<Silent>();
        foreach (var day in Enumerable.Range(0, years).SelectMany(static year => SilentDays.Select(day => (year * 365) + day)))
        {
            var before = news.TakeWhile(at => at <= Start.AddDays(day)).ToList();
            var gaps = before.Zip(before.Skip(1), static (a, b) => b - a).ToList();
            if (gaps.Count < 20) continue;
            var (longest, to) = (gaps.Max(), Start.AddDays(day) + (3 * gaps.Max()));
            silences.Add(new Silent(before[^1], to, longest, (before[^1] - before[0]) / gaps.Count));
        }

        return silences;
    }

    private static IEnumerable<DateTimeOffset> Alarms(List<DateTimeOffset> news, bool isDated, DateTimeOffset end)
    {
        var source = new Source { Id = 7, Name = "a", Url = new Uri("http://example.com/feed") };
        var (now, next) = (Start.AddDays(10), 0);
        while (now < end)
        {
            var from = next;
            while (next < news.Count && news[next] <= now) next++;
            PollOutcome outcome = next > from
                ? new PollOutcome.Read(RefreshHints.None) { News = [.. news[from..next].Select(at => isDated ? at : (DateTimeOffset?)null)] }
                : new PollOutcome.NotModified();
            var plan = PollPlan.After(source, outcome, PollBounds.Default, now);
            if (Silence.Noticed(source, plan.History.News, now) is { IsSilent: true }) yield return now;
            source = source with { History = plan.History, LastSuccessAt = now, LastPolledAt = now };
            now = plan.At;
        }
    }

    private static IEnumerable<DateTimeOffset> News(Temperament temperament, Random random, int years)
    {
        for (var day = Start; day < Start.AddDays(365 * years); day = day.AddDays(1))
        {
            if (temperament.Batches is { } batches)
            {
                foreach (var at in batches(random, day)) yield return at;
                continue;
            }

            for (var minute = day; minute < day.AddDays(1); minute = minute.AddMinutes(1))
                if (random.NextDouble() < temperament.NewsPerHour(random, minute) / 60) yield return minute;
        }
    }

    private static string Rates(Temperament temperament) => string.Join(
        ' ', Enumerable.Range(0, 7 * 24).Select(hour => temperament.NewsPerHour(new Random(1), Start.AddHours(hour))));

    private static bool IsWeekend(DateTimeOffset at) => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    // Ten of them, some beside weekends.
    private static bool IsHoliday(DateTimeOffset at) => (at.Month, at.Day) is
        (1, 1) or (1, 6) or (4, 3) or (4, 6) or (5, 1) or (5, 14) or (5, 25) or (10, 3) or (11, 2) or (12, 24) or (12, 25) or (12, 26);
}
