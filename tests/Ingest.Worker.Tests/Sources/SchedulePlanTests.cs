using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Quartz;
using static Ingest.Worker.Tests.Sources.PollPlans;

namespace Ingest.Worker.Tests.Sources;

/// <summary>Polls by a schedule or an interval of the owner's.</summary>
public sealed class SchedulePlanTests
{
    [Fact]
    public void A_schedule_fires_at_its_own_times_in_its_own_zone() =>
        Gen.Select(AnyCron, AnyZone, AnyTime).Sample(static (cron, zone, now) =>
        {
            var plan = PollPlan.After(SourceOf(new PollRhythm(cron, zone, null)), NoNews, Bounds, now);
            return plan.At > now && plan.At <= now.AddDays(32) && new CronExpression(cron, zone).IsSatisfiedBy(plan.At);
        });

    [Theory]
    [InlineData("2026-06-14T12:00:00Z", "2026-06-15T04:00:00Z")]
    [InlineData("2026-12-14T12:00:00Z", "2026-12-15T05:00:00Z")]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T04:00:00Z")]
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T05:00:00Z")]
    public void Six_in_the_morning_follows_daylight_saving(string now, string at) =>
        PollPlan.After(SourceOf(new PollRhythm("0 0 6 * * ?", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), null)), News, Bounds, Time(now)).At
            .ShouldBe(Time(at));

    [Fact]
    public void A_time_that_daylight_saving_leaves_out_still_brings_a_poll_that_day_or_the_next()
    {
        var source = SourceOf(new PollRhythm("0 30 2 * * ?", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), null));
        PollPlan.After(source, News, Bounds, Time("2026-03-28T12:00:00Z")).At.ShouldBeInRange(Time("2026-03-29T00:30:00Z"), Time("2026-03-30T00:30:00Z"));
    }

    [Fact]
    public void A_schedule_as_frequent_as_the_ttl_keeps_every_turn()
    {
        var source = SourceOf(new PollRhythm("0 0/15 * * * ?", TimeZoneInfo.Utc, null));
        var outcome = new PollOutcome.Read(RefreshHints.None with { Interval = TimeSpan.FromMinutes(15) });
        PollPlan.After(source, outcome, Bounds, Noon.AddSeconds(4)).At.ShouldBe(Noon.AddMinutes(15));
    }

    [Fact]
    public void A_schedule_is_held_back_by_a_longer_ttl()
    {
        var source = SourceOf(new PollRhythm("0 0/15 * * * ?", TimeZoneInfo.Utc, null));
        var outcome = new PollOutcome.Read(RefreshHints.None with { Interval = TimeSpan.FromMinutes(60) });
        PollPlan.After(source, outcome, Bounds, Noon.AddSeconds(4)).At.ShouldBe(Noon.AddMinutes(60));
    }

    [Fact]
    public void A_schedule_without_a_further_time_falls_back_to_adaptive_polling_and_says_so()
    {
        var plan = PollPlan.After(SourceOf(new PollRhythm("0 0 0 1 1 ? 2020", TimeZoneInfo.Utc, null)), News, Bounds, Noon);
        plan.At.ShouldBeInRange(Noon.AddMinutes(5), Noon.AddHours(26.4));
        plan.Reason.ShouldStartWith("schedule \"0 0 0 1 1 ? 2020\" has no further time; news about every");
    }

    [Fact]
    public void An_interval_of_the_owners_is_kept_and_spread_by_at_most_a_tenth() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[10, 86400], AnyTime).Sample(static (id, seconds, now) =>
        {
            var wait = PollPlan.After(
                SourceOf(PollRhythm.Adaptive with { Interval = TimeSpan.FromSeconds(seconds) }) with { Id = id }, News, Bounds, now).At - now;
            return wait.TotalSeconds >= seconds && wait.TotalSeconds <= 1.1 * seconds;
        });

    [Fact]
    public void A_failing_source_with_a_schedule_stays_on_it()
    {
        var source = SourceOf(new PollRhythm("0 30 2 * * ?", TimeZoneInfo.Utc, null)) with { History = new PollHistory(TimeSpan.FromMinutes(20), 0) };
        var plan = PollPlan.After(source, new PollOutcome.Failed(0.5, "it failed"), Bounds, Time("2026-06-15T02:30:04Z"));
        plan.At.ShouldBe(Time("2026-06-16T02:30:00Z"));
        plan.Reason.ShouldEndWith("it failed; schedule \"0 30 2 * * ?\"");
    }

    [Fact]
    public void Sources_of_one_schedule_keep_some_seconds_from_its_times_and_always_as_many()
    {
        var scattered = Bounds with { ScheduleScatter = TimeSpan.FromSeconds(30) };
        var times = Enumerable.Range(1, 300).Select(id => At(id, "0 0 * * * ?", Noon.AddSeconds(40))).ToList();
        times.ShouldAllBe(static at => at > Noon.AddHours(1) && at <= Noon.AddHours(1).AddSeconds(30));
        times.GroupBy(static at => at.Second).Max(static second => second.Count()).ShouldBeLessThan(40);
        Enumerable.Range(1, 300).Select(id => At(id, "0 0 * * * ?", times[id - 1].AddSeconds(2))).ShouldBe(times.Select(static at => at.AddHours(1)));

        // Every ten seconds stays every ten seconds.
        Enumerable.Range(1, 300).Max(id => At(id, "0/10 * * * * ?", Noon.AddSeconds(3))).ShouldBeLessThanOrEqualTo(Noon.AddSeconds(12.5));

        DateTimeOffset At(int id, string cron, DateTimeOffset now) =>
            PollPlan.After(SourceOf(new PollRhythm(cron, TimeZoneInfo.Utc, null)) with { Id = id }, News, scattered, now).At;
    }
}
