using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Quartz;
using static Ingest.Worker.Tests.Sources.PollPlans;

namespace Ingest.Worker.Tests.Sources;

/// <summary>Polls after failures.</summary>
public sealed class FailurePlanTests
{
    [Fact]
    public void A_failing_source_waits_at_least_the_shortest_interval_even_with_a_shorter_one_of_its_own() =>
        Gen.Select(AnyAdaptive, Gen.Int[10, 100], AnyTime).Sample(static (source, seconds, now) =>
            PollPlan.After(
                source with { Rhythm = PollRhythm.Adaptive with { Interval = TimeSpan.FromSeconds(seconds) } },
                new PollOutcome.Failed(0.25, "it failed"),
                Bounds,
                now).At >= now + Bounds.Shortest);

    [Fact]
    public void No_failure_makes_a_source_due_sooner_than_its_owner_its_publisher_and_its_news_ask_for() =>
        Gen.Select(
            AnyAdaptive,
            AnyRhythmOfTheOwner,
            AnyInterval,
            Gen.OneOf(0.25, 0.5, 1),
            Gen.Bool,
            AnyTime).Sample(static (any, rhythm, fresh, weight, refusal, now) =>
        {
            var source = any with { Rhythm = rhythm, IsGone = false, History = any.History with { Fresh = fresh } };
            var day = TimeSpan.FromDays(1);
            var own = rhythm.Interval
                ?? (rhythm.Cron is not null ? TimeSpan.Zero : source.History.Interval is { } adapted ? Min(adapted, day) : Bounds.Initial);
            var at = PollPlan.After(source, new PollOutcome.Failed(weight, "it failed") { IsRefusal = refusal }, Bounds, now).At;
            return at >= now + own && at >= now + Min(source.History.Asked.Interval ?? TimeSpan.Zero, day) - TimeSpan.FromMinutes(rhythm.Cron is null ? 0 : 1)
                && at >= now + Min(fresh ?? TimeSpan.Zero, day) - TimeSpan.FromMinutes(rhythm.Cron is null ? 0 : 1)
                && (
                    rhythm.Cron is null || source.History.Asked.SkipHours.Count + source.History.Asked.SkipDays.Count > 0
                        || new CronExpression(rhythm.Cron, rhythm.Zone).IsSatisfiedBy(at));
        });

    [Theory]
    [InlineData(0.25, true)]
    [InlineData(1, false)]
    public void Each_refusal_doubles_the_wait_up_to_its_bound(double weight, bool refusal)
    {
        var history = new PollHistory(TimeSpan.FromMinutes(20), 0) { Asked = RefreshHints.None with { Interval = TimeSpan.FromHours(1) } };
        var source = SourceOf(PollRhythm.Adaptive) with { LastSuccessAt = Noon, History = history };
        var (now, least) = (Noon, TimeSpan.FromHours(1));
        for (var i = 0; i < 8; i++)
        {
            var plan = PollPlan.After(source, new PollOutcome.Failed(weight, "it failed") { IsRefusal = refusal }, Bounds, now);
            (plan.At - now).ShouldBeGreaterThanOrEqualTo(Min(least, Bounds.FailureCap));
            (source, now, least) = (source with { History = plan.History }, plan.At, least * 2);
        }
    }

    [Fact]
    public void What_caching_headers_asked_outlives_failures_and_an_answer_that_nothing_changed()
    {
        var asked = PollPlan.After(SourceOf(PollRhythm.Adaptive), new PollOutcome.Read(RefreshHints.None) { NotBefore = Noon.AddHours(6) }, Bounds, Noon);
        asked.History.Fresh.ShouldBe(TimeSpan.FromHours(6));
        var source = SourceOf(PollRhythm.Adaptive) with { History = asked.History };
        var failed = PollPlan.After(source, new PollOutcome.Failed(0.25, "it failed"), Bounds, Noon);
        failed.At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(6));
        failed.History.Fresh.ShouldBe(TimeSpan.FromHours(6));
        PollPlan.After(source, new PollOutcome.NotModified(), Bounds, Noon).History.Fresh.ShouldBe(TimeSpan.FromHours(6));
        PollPlan.After(source, new PollOutcome.NotModified { BodyBytes = 1 }, Bounds, Noon).History.Fresh.ShouldBeNull();
        PollPlan.After(source, NoNews, Bounds, Noon).History.Fresh.ShouldBeNull();
    }

    [Fact]
    public void What_an_answer_without_use_asks_is_honoured_up_to_two_days() =>
        Gen.Select(
            AnyAdaptive,
            Gen.OneOf<PollOutcome>(new PollOutcome.Failed(1, "x"), new PollOutcome.Failed(0.25, "x"), new PollOutcome.Gone()),
            AnyTime,
            Gen.Int[0, 100 * 3600]).Sample(
            static (source, outcome, now, seconds) =>
                PollPlan.After(
                    source,
                    outcome with { NotBefore = now.AddSeconds(seconds) },
                    Bounds,
                    now).At >= now + Min(TimeSpan.FromSeconds(seconds), TimeSpan.FromDays(2)));

    [Fact]
    public void Failures_add_their_weights_and_a_success_forgets_them()
    {
        var source = SourceOf(PollRhythm.Adaptive);
        foreach (var weight in new[] { 1, 0.5, 0.25 })
            source = source with { History = PollPlan.After(source, new PollOutcome.Failed(weight, "it failed"), Bounds, Noon).History };
        source.History.FailureWeight.ShouldBe(1.75);
        PollPlan.After(source, NoNews, Bounds, Noon).History.FailureWeight.ShouldBe(0);
    }

    [Fact]
    public void The_wait_after_failures_grows_to_a_cap_and_ends_in_quarantine()
    {
        var waits = new List<TimeSpan>();
        var source = SourceOf(PollRhythm.Adaptive) with { History = new PollHistory(TimeSpan.FromHours(4), 0) };
        for (var i = 0; i < 12; i++)
        {
            var plan = PollPlan.After(source, new PollOutcome.Failed(1, "it failed"), Bounds, Noon);
            waits.Add(plan.At - Noon);
            source = source with { History = plan.History };
            (plan.Reason.StartsWith("in quarantine", StringComparison.Ordinal)).ShouldBe(i >= 9);
        }

        waits[0].ShouldBeInRange(TimeSpan.FromHours(4), TimeSpan.FromHours(4.4));
        waits[1].ShouldBeInRange(TimeSpan.FromHours(16), TimeSpan.FromHours(17.6));
        waits[8].ShouldBeInRange(TimeSpan.FromHours(24), TimeSpan.FromHours(26.4));
        waits[9].ShouldBeInRange(TimeSpan.FromDays(7), TimeSpan.FromDays(7.7));
        waits[11].ShouldBeInRange(TimeSpan.FromDays(7), TimeSpan.FromDays(7.7));
    }

    [Fact]
    public void A_day_of_server_errors_does_not_end_in_quarantine()
    {
        var source = SourceOf(PollRhythm.Adaptive) with { LastSuccessAt = Noon.AddMinutes(-5), History = new PollHistory(TimeSpan.FromMinutes(5), 0) };
        var (now, asked) = (Noon, 0);
        while (now < Noon.AddDays(1))
        {
            var plan = PollPlan.After(source, new PollOutcome.Failed(0.5, "it failed"), Bounds, now);
            plan.Reason.ShouldStartWith("backing off");
            (source, now, asked) = (source with { History = plan.History }, plan.At, asked + 1);
        }

        asked.ShouldBeInRange(8, 20);
        now.ShouldBeLessThan(Noon.AddDays(1).AddHours(9));
    }

    [Fact]
    public void A_source_that_was_not_asked_has_not_failed()
    {
        var source = SourceOf(PollRhythm.Adaptive) with { History = new PollHistory(TimeSpan.FromHours(4), 2) };
        var plan = PollPlan.After(source, new PollOutcome.Postponed("its host waits") { NotBefore = Noon.AddHours(2) }, Bounds, Noon);
        plan.History.ShouldBe(source.History);
        plan.At.ShouldBeInRange(Noon.AddHours(2), Noon.AddHours(2.1));
        plan.Reason.ShouldBe("not asked yet: its host waits, held back by the publisher's Retry-After");
    }
}
