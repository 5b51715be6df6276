using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Sources.Rhythm;
using static Ingest.Worker.Tests.Sources.PollPlans;

namespace Ingest.Worker.Tests.Sources;

public sealed class PollPlanTests
{
    [Fact]
    public void An_adaptive_source_is_never_polled_before_the_shortest_interval() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime).Sample(
            static (source, outcome, now) => PollPlan.After(source, outcome, Bounds, now).At >= now + Bounds.Shortest);

    [Fact]
    public void No_source_ever_stops_being_polled() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime, Gen.Int[-10, 4000].Select(
            static days => TimeSpan.FromDays(days))).Sample(static (source, outcome, now, wait) =>
            PollPlan.After(source, outcome with { NotBefore = now + wait }, Bounds, now).At <= now + (1.1 * Bounds.Gone) + TimeSpan.FromDays(8));

    [Fact]
    public void A_source_that_answers_is_asked_again_within_the_longest_interval_or_what_it_asks_for() =>
        Gen.Select(AnyAdaptive, AnyNews, Gen.Bool, AnyTime).Sample(static (source, news, missed, now) =>
            PollPlan.After(
                source, new PollOutcome.Read(RefreshHints.None) { News = news, MissedSome = missed }, Bounds, now).At <= now + (1.1 * Bounds.Longest));

    [Fact]
    public void The_same_poll_is_always_planned_the_same_way() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime).Sample(static (source, outcome, now) =>
            PollPlan.After(source, outcome, Bounds, now) is var plan && PollPlan.After(source, outcome, Bounds, now) is var again
                && (plan.At, plan.Reason) == (again.At, again.Reason) && plan.Reason.Length > 0);

    [Fact]
    public void Sources_polled_together_do_not_stay_together()
    {
        var times = Enumerable.Range(1, 1000)
            .Select(static id => PollPlan.After(SourceOf(PollRhythm.Adaptive) with { Id = id }, NoNews, Bounds, Noon).At)
            .ToList();
        times.Max().ShouldBeGreaterThan(times.Min() + TimeSpan.FromMinutes(5));
        times.GroupBy(static time => time.Ticks / TimeSpan.TicksPerMinute).Max(static minute => minute.Count()).ShouldBeLessThan(250);
    }

    [Fact]
    public void Caching_headers_hold_back_every_outcome_up_to_a_day() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime, Gen.Int[0, 100 * 3600]).Sample(static (source, outcome, now, seconds) =>
        {
            var notBefore = now.AddSeconds(seconds);
            return PollPlan.After(source, outcome with { NotBefore = notBefore }, Bounds, now).At >= (seconds > 86400 ? now.AddDays(1) : notBefore);
        });

    [Fact]
    public void The_interval_that_a_feed_asks_for_is_honoured_up_to_a_day() =>
        Gen.Select(AnyAdaptive, AnyRequest, AnyTime, AnyNews).Sample(static (source, asked, now, news) =>
        {
            var wished = asked.Interval ?? TimeSpan.Zero;
            return PollPlan.After(
                source, new PollOutcome.Read(asked) { News = news }, Bounds, now).At >= now + (wished > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : wished);
        });

    [Fact]
    public void No_poll_falls_into_hours_or_days_that_the_feed_skips() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime).Sample(static (source, outcome, now) =>
        {
            var asked = outcome is PollOutcome.Read read ? read.Asked : source.History.Asked;
            var at = PollPlan.After(source, outcome, Bounds, now).At.ToUniversalTime();
            var skipsAll = asked.SkipHours.Distinct().Count() == 24 || asked.SkipDays.Distinct().Count() == 7;
            return skipsAll || (!asked.SkipHours.Contains(at.Hour) && !asked.SkipDays.Contains(at.DayOfWeek));
        });

    [Fact]
    public void What_a_feed_asked_holds_until_it_is_read_again()
    {
        var asked = new RefreshHints(TimeSpan.FromHours(6), [3], [DayOfWeek.Sunday]);
        var first = PollPlan.After(SourceOf(PollRhythm.Adaptive), new PollOutcome.Read(asked), Bounds, Noon);
        var second = PollPlan.After(SourceOf(PollRhythm.Adaptive) with { History = first.History }, new PollOutcome.NotModified(), Bounds, Noon);
        second.At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(6));
        second.History.Asked.ShouldBe(asked);
        PollPlan.After(SourceOf(PollRhythm.Adaptive) with { History = second.History }, NoNews, Bounds, Noon).History.Asked.ShouldBe(RefreshHints.None);
    }

    [Fact]
    public void Missed_entries_shorten_the_interval_until_polls_miss_none_for_a_while()
    {
        var source = SourceOf(PollRhythm.Adaptive) with
        {
            LastSuccessAt = Noon.AddHours(-20),
            History = new PollHistory(TimeSpan.FromHours(20), 0) { News = NewsRhythm.Learn(null, [Noon.AddDays(-20)], null, Noon.AddHours(-20)) },
        };
        var missed = PollPlan.After(source, new PollOutcome.Read(RefreshHints.None) { MissedSome = true, News = [Noon.AddHours(-1)] }, Bounds, Noon);
        missed.At.ShouldBeLessThanOrEqualTo(Noon.AddHours(11));
        missed.History.Ceiling.ShouldBe(TimeSpan.FromHours(10));
        var next = PollPlan.After(source with { History = missed.History }, new PollOutcome.NotModified(), Bounds, missed.At);
        next.History.Ceiling.ShouldBe(TimeSpan.FromHours(12.5));
    }
}
