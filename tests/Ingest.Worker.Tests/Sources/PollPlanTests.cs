using CsCheck;
using Ingest.Worker.Sources;
using Quartz;

namespace Ingest.Worker.Tests.Sources;

public sealed class PollPlanTests
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);
    private static readonly PollBounds Bounds = PollBounds.Default;
    private static readonly PollOutcome NoNews = new PollOutcome.Read(PollRequest.None);
    private static readonly PollOutcome News = new PollOutcome.Read(PollRequest.None) { News = [null] };

    private static readonly Gen<TimeSpan?> AnyInterval = Gen.OneOf(Gen.Const((TimeSpan?)null), Gen.Int[10, 40 * 86400].Select(
        static seconds => (TimeSpan?)TimeSpan.FromSeconds(seconds)));
    private static readonly Gen<DateTimeOffset> AnyTime = Gen.Int[0, 2 * 365 * 86400].Select(
        static seconds => new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds));
    private static readonly Gen<string> AnyCron = Gen.OneOf(
        "0 0/15 * * * ?", "0 30 2 * * ?", "0 0 6 ? * MON-FRI", "0 0 0 1 * ?", "0 5,35 7-22 * * ?", "0 0 1 ? * SUN");
    private static readonly Gen<TimeZoneInfo> AnyZone = Gen.OneOf(
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia").Select(TimeZoneInfo.FindSystemTimeZoneById);

    private static readonly Gen<PollRequest> AnyRequest = Gen.Select(
        AnyInterval, Gen.Int[-6, 25].Array[0, 30], Gen.Int[0, 6].Array[0, 9],
        static (interval, hours, days) =>
            new PollRequest(interval, [.. hours.Where(static hour => hour is >= 0 and < 24)], [.. days.Select(static day => (DayOfWeek)day)]));

    private static readonly Gen<IReadOnlyList<DateTimeOffset?>> AnyNews = Gen
        .OneOf(Gen.Const((DateTimeOffset?)null), AnyTime.Select(static time => (DateTimeOffset?)time)).Array[0, 8]
        .Select(static times => (IReadOnlyList<DateTimeOffset?>)times);

    private static readonly Gen<PollOutcome> AnyOutcome = Gen.Select(
        Gen.Int[0, 4], Gen.Bool, AnyRequest, Gen.OneOf(0.25, 0.5, 1), AnyNews,
        static (kind, missed, asked, weight, news) => kind switch
        {
            0 => new PollOutcome.Read(asked) { News = news, MissedSome = missed },
            1 => (PollOutcome)new PollOutcome.NotModified(),
            2 => new PollOutcome.Postponed("the host waits"),
            3 => new PollOutcome.Gone(),
            _ => new PollOutcome.Failed(weight, "it failed"),
        });

    private static readonly Gen<NewsRhythm?> AnyRhythm = Gen.Select(AnyNews, AnyNews, AnyTime, AnyTime, static (first, later, then, now) =>
        NewsRhythm.Learn(NewsRhythm.Learn(null, first, null, then), later, then, now));

    private static readonly Gen<Source> AnyAdaptive = Gen.Select(
        Gen.Int[0, 1_000_000], AnyInterval, Gen.Int[0, 48], AnyRequest, AnyRhythm, AnyInterval, AnyTime, Gen.Bool,
        static (id, interval, quarters, asked, news, ceiling, last, gone) => SourceOf(PollRhythm.Adaptive) with
        {
            Id = id, LastSuccessAt = last, IsGone = gone, History = new PollHistory(interval, quarters / 4.0) { Asked = asked, News = news, Ceiling = ceiling },
        });

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
                source, new PollOutcome.Read(PollRequest.None) { News = news, MissedSome = missed }, Bounds, now).At <= now + (1.1 * Bounds.Longest));

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
    public void A_failing_source_waits_at_least_the_shortest_interval_even_with_a_shorter_one_of_its_own() =>
        Gen.Select(AnyAdaptive, Gen.Int[10, 100], AnyTime).Sample(static (source, seconds, now) =>
            PollPlan.After(
                source with { Rhythm = PollRhythm.Adaptive with { Interval = TimeSpan.FromSeconds(seconds) } },
                new PollOutcome.Failed(0.25, "it failed"),
                Bounds,
                now).At >= now + Bounds.Shortest);

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
        var asked = new PollRequest(TimeSpan.FromHours(6), [3], [DayOfWeek.Sunday]);
        var first = PollPlan.After(SourceOf(PollRhythm.Adaptive), new PollOutcome.Read(asked), Bounds, Noon);
        var second = PollPlan.After(SourceOf(PollRhythm.Adaptive) with { History = first.History }, new PollOutcome.NotModified(), Bounds, Noon);
        second.At.ShouldBeGreaterThanOrEqualTo(Noon.AddHours(6));
        second.History.Asked.ShouldBe(asked);
        PollPlan.After(SourceOf(PollRhythm.Adaptive) with { History = second.History }, NoNews, Bounds, Noon).History.Asked.ShouldBe(PollRequest.None);
    }

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
        var outcome = new PollOutcome.Read(PollRequest.None with { Interval = TimeSpan.FromMinutes(15) });
        PollPlan.After(source, outcome, Bounds, Noon.AddSeconds(4)).At.ShouldBe(Noon.AddMinutes(15));
    }

    [Fact]
    public void A_schedule_is_held_back_by_a_longer_ttl()
    {
        var source = SourceOf(new PollRhythm("0 0/15 * * * ?", TimeZoneInfo.Utc, null));
        var outcome = new PollOutcome.Read(PollRequest.None with { Interval = TimeSpan.FromMinutes(60) });
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
        var history = new PollHistory(TimeSpan.FromMinutes(20), 0) { Asked = PollRequest.None with { Interval = TimeSpan.FromHours(1) } };
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
        var asked = PollPlan.After(SourceOf(PollRhythm.Adaptive), new PollOutcome.Read(PollRequest.None) { NotBefore = Noon.AddHours(6) }, Bounds, Noon);
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

    [Fact]
    public void Missed_entries_shorten_the_interval_until_polls_miss_none_for_a_while()
    {
        var source = SourceOf(PollRhythm.Adaptive) with
        {
            LastSuccessAt = Noon.AddHours(-20),
            History = new PollHistory(TimeSpan.FromHours(20), 0) { News = NewsRhythm.Learn(null, [Noon.AddDays(-20)], null, Noon.AddHours(-20)) },
        };
        var missed = PollPlan.After(source, new PollOutcome.Read(PollRequest.None) { MissedSome = true, News = [Noon.AddHours(-1)] }, Bounds, Noon);
        missed.At.ShouldBeLessThanOrEqualTo(Noon.AddHours(11));
        missed.History.Ceiling.ShouldBe(TimeSpan.FromHours(10));
        var next = PollPlan.After(source with { History = missed.History }, new PollOutcome.NotModified(), Bounds, missed.At);
        next.History.Ceiling.ShouldBe(TimeSpan.FromHours(12.5));
    }

    private static readonly Gen<PollRhythm> AnyRhythmOfTheOwner = Gen.OneOf(
        Gen.Const(PollRhythm.Adaptive),
        Gen.Int[10, 40 * 86400].Select(static seconds => PollRhythm.Adaptive with { Interval = TimeSpan.FromSeconds(seconds) }),
        Gen.Select(AnyCron, AnyZone, static (cron, zone) => new PollRhythm(cron, zone, null)));

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static Source SourceOf(PollRhythm rhythm) => new() { Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), Rhythm = rhythm };

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
