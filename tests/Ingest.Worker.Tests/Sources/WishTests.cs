using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using static Ingest.Worker.Tests.Sources.PollPlans;

namespace Ingest.Worker.Tests.Sources;

/// <summary>A source's own interval or schedule, and a feed that asks for another one.</summary>
public sealed class WishTests
{
    private static readonly PollBounds Overruling = Bounds with { Wishes = FeedWishes.Overruled };

    private static readonly Source EveryTenMinutes = SourceOf(PollRhythm.Adaptive with { Interval = TimeSpan.FromMinutes(10) });

    private static readonly Source AtQuarters = SourceOf(new PollRhythm("0 0/15 * * * ?", TimeZoneInfo.Utc, null));

    [Theory]
    [InlineData(FeedWishes.Honoured, 120, 120, "interval of 120 min asked for by the feed, longer than the configured 10 min (FeedWishes: Honoured)")]
    [InlineData(FeedWishes.Overruled, 120, 10, "configured interval of 10 min, though the feed asks for 120 min (FeedWishes: Overruled)")]
    [InlineData(FeedWishes.Honoured, 5, 10, "configured interval of 10 min, longer than the 5 min that the feed asks for")]
    [InlineData(FeedWishes.Honoured, 10, 10, "configured interval of 10 min")]
    [InlineData(FeedWishes.Overruled, 0, 10, "configured interval of 10 min")]
    internal void Of_an_interval_and_a_wish_the_longer_holds_unless_it_is_overruled(FeedWishes wishes, int asked, int minutes, string reason)
    {
        var plan = PollPlan.After(EveryTenMinutes, Asking(asked), Bounds with { Wishes = wishes }, Noon);

        plan.Reason.ShouldBe(reason);
        plan.At.ShouldBeInRange(Noon.AddMinutes(minutes), Noon.AddMinutes(minutes * 1.1));
    }

    [Theory]
    [InlineData(FeedWishes.Honoured, 60, 60, "schedule \"0 0/15 * * * ?\", its next turn after the 60 min that the feed asks for (FeedWishes: Honoured)")]
    [InlineData(FeedWishes.Overruled, 60, 15, "schedule \"0 0/15 * * * ?\", though the feed asks for 60 min between polls (FeedWishes: Overruled)")]
    [InlineData(FeedWishes.Overruled, 15, 15, "schedule \"0 0/15 * * * ?\"")]
    internal void Turns_of_a_schedule_are_passed_over_for_a_wish_unless_it_is_overruled(FeedWishes wishes, int asked, int minutes, string reason)
    {
        var plan = PollPlan.After(AtQuarters, Asking(asked), Bounds with { Wishes = wishes }, Noon.AddSeconds(4));

        (plan.At, plan.Reason).ShouldBe((Noon.AddMinutes(minutes), reason));
    }

    [Fact]
    public void Caching_headers_of_an_answer_are_a_wish_and_those_of_a_refusal_are_not()
    {
        var fresh = new PollOutcome.NotModified { NotBefore = Noon.AddHours(3) };
        var honoured = PollPlan.After(EveryTenMinutes, fresh, Bounds, Noon);
        honoured.Reason.ShouldBe("configured interval of 10 min, held back by the publisher's caching headers (FeedWishes: Honoured)");
        honoured.At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(3));

        var overruled = PollPlan.After(EveryTenMinutes, fresh, Overruling, Noon);
        overruled.Reason.ShouldBe("configured interval of 10 min, though the publisher's caching headers ask for 180 min (FeedWishes: Overruled)");
        overruled.At.ShouldBeLessThanOrEqualTo(Noon.AddMinutes(11));

        var refusal = new PollOutcome.Failed(0.5, "HTTP 429") { IsRefusal = true, NotBefore = Noon.AddHours(3) };
        PollPlan.After(EveryTenMinutes, refusal, Overruling, Noon).At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(3));
    }

    [Fact]
    public void A_failure_waits_from_what_was_overruled_no_longer_than_from_the_own_interval()
    {
        var asking = EveryTenMinutes with { History = PollHistory.None with { Asked = RefreshHints.None with { Interval = TimeSpan.FromHours(6) } } };
        var failed = new PollOutcome.Failed(1, "HTTP 404");

        PollPlan.After(asking, failed, Bounds, Noon).At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(6));
        PollPlan.After(asking, failed, Overruling, Noon).At.ShouldBeLessThan(Noon.AddMinutes(30));
    }

    [Fact]
    public void Without_an_interval_or_schedule_of_its_own_no_source_overrules_its_feed() =>
        Gen.Select(AnyAdaptive, AnyOutcome, AnyTime, Gen.Int[0, 100 * 3600]).Sample(static (source, outcome, now, seconds) =>
        {
            var held = outcome with { NotBefore = now.AddSeconds(seconds) };
            var (plan, other) = (PollPlan.After(source, held, Bounds, now), PollPlan.After(source, held, Overruling, now));
            return (plan.At, plan.Reason) == (other.At, other.Reason);
        });

    [Fact]
    public void Skipped_hours_are_obeyed_also_by_those_who_overrule_wishes()
    {
        var outcome = new PollOutcome.Read(RefreshHints.None with { Interval = TimeSpan.FromHours(2), SkipHours = [12, 13] });

        PollPlan.After(EveryTenMinutes, outcome, Overruling, Noon).At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(2));
    }

    [Fact]
    public void Without_jitter_an_own_interval_is_kept_exactly_and_all_others_stay_spread()
    {
        var exact = Bounds with { Jitter = 0 };

        PollPlan.After(EveryTenMinutes, NoNews, exact, Noon).At.ShouldBe(Noon.AddMinutes(10));
        Enumerable.Range(1, 100).Select(id => PollPlan.After(EveryTenMinutes with { Id = id }, NoNews, Bounds, Noon).At).Distinct().Count().ShouldBe(100);
        Enumerable.Range(1, 100).Select(id => PollPlan.After(SourceOf(PollRhythm.Adaptive) with { Id = id }, NoNews, exact, Noon).At).Distinct().Count()
            .ShouldBe(100);
        Enumerable.Range(1, 100).Select(id => PollPlan.After(EveryTenMinutes with { Id = id }, Asking(120), exact, Noon).At).Distinct().Count().ShouldBe(100);
    }

    private static PollOutcome Asking(int minutes) => new PollOutcome.Read(
        RefreshHints.None with { Interval = minutes == 0 ? null : TimeSpan.FromMinutes(minutes) });
}
