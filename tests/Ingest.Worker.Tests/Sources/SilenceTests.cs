using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Tests.Sources;

/// <summary>That no news came never shortens an interval.</summary>
public sealed class SilenceTests
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_feed_that_falls_silent_is_not_asked_more_often_in_the_hours_beside_its_history() =>
        ShouldNeverShorten(Monday.AddHours(7).AddMinutes(20), TimeSpan.FromMinutes(5.3), 40, leastShare: 0.95);

    [Fact]
    public void A_feed_that_falls_silent_after_hours_of_even_news_is_asked_less_and_less() =>
        Gen.Select(Gen.Int[0, 24 * 60], Gen.Int[300, 720], Gen.Int[2, 60]).Sample(static (minute, seconds, count) =>
            ShouldNeverShorten(Monday.AddMinutes(minute), TimeSpan.FromSeconds(seconds), Math.Min(count, 12 * 3600 / seconds), leastShare: 0.75));

    [Fact]
    public void The_longer_a_silence_the_longer_the_interval_at_the_same_time() =>
        Gen.Select(AnyRhythm, Gen.Int[0, 60 * 24 * 60], Gen.Int[0, 60 * 24 * 60], Gen.Int[0, 7 * 24 * 60]).Sample(static (rhythm, a, b, later) =>
        {
            var now = Monday.AddDays(100).AddMinutes(later);
            return Interval(rhythm, now.AddMinutes(-Math.Max(a, b)), now) >= Interval(rhythm, now.AddMinutes(-Math.Min(a, b)), now);
        });

    [Fact]
    public void An_hour_beside_news_is_no_busier_than_the_hours_that_had_it() =>
        Gen.Select(Gen.Int[0, 23], Gen.Int[1, 8], Gen.Int[5, 30]).Sample(static (hour, hours, minutes) =>
        {
            var times = Enumerable.Range(0, hours * 60 / minutes).Select(i => Monday.AddHours(hour).AddMinutes(i * minutes)).ToList();
            var week = NewsRhythm.Learn(null, [.. times.Select(static time => (DateTimeOffset?)time)], null, times[^1])!.Profile.Week();
            return week.Max() < 1.3 * times.Max(time => week[((int)time.DayOfWeek * 24) + time.Hour]);
        });

    private static readonly Gen<NewsRhythm> AnyRhythm = Gen.Int[0, 28 * 24 * 60].Array[1, 60].Select(static minutes =>
        NewsRhythm.Learn(null, [.. minutes.Select(static minute => (DateTimeOffset?)Monday.AddMinutes(minute))], null, Monday.AddDays(28))!);

    private static TimeSpan Interval(NewsRhythm rhythm, DateTimeOffset silentSince, DateTimeOffset now) =>
        PollPlan.After(SourceOf(rhythm with { SilentSince = silentSince }), new PollOutcome.NotModified(), PollBounds.Default, now).History.Interval!.Value;

    private static bool ShouldNeverShorten(DateTimeOffset from, TimeSpan every, int count, double leastShare)
    {
        var news = Enumerable.Range(0, Math.Max(count, 2)).Select(i => (DateTimeOffset?)(from + (i * every))).ToList();
        var bounds = PollBounds.Default with { Shortest = TimeSpan.FromSeconds(10) };
        var now = news[^1]!.Value.AddMinutes(2);
        var plan = PollPlan.After(SourceOf(null), new PollOutcome.Read(RefreshHints.None) { News = news }, bounds, now);
        var end = now.AddDays(3);
        while (plan.At < end)
        {
            now = plan.At;
            var next = PollPlan.After(SourceOf(null) with { History = plan.History, LastSuccessAt = now }, new PollOutcome.NotModified(), bounds, now);

            // Even news does not fall evenly into hours: six and seven in two of them say a little, on the next day.
            next.History.Interval!.Value
                .ShouldBeGreaterThanOrEqualTo(plan.History.Interval!.Value * leastShare, $"at {now:u}, news every {every} from {from:u}, {count} times");
            plan = next;
        }

        return true;
    }

    private static Source SourceOf(NewsRhythm? rhythm) => new()
    {
        Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), LastSuccessAt = Monday, History = PollHistory.None with { News = rhythm },
    };
}
