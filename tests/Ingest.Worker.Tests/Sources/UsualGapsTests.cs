using CsCheck;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Health;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Tests.Sources;

/// <summary>What gaps a feed leaves by itself, and when it is silent.</summary>
public sealed class UsualGapsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void News_by_the_clock_is_missed_before_its_second_gap_is_over() =>
        Learnt(Enumerable.Range(0, 60).Select(static i => TimeSpan.FromHours(24 + (i % 3 * 0.2)))).Silence!.Value.TotalHours.ShouldBeInRange(31, 34);

    [Fact]
    public void News_at_random_is_waited_for_as_long_as_it_hardly_ever_comes_later()
    {
        // The gaps of a random process are the quantiles of the exponential distribution.
        var gaps = Learnt(Enumerable.Range(0, 2000).Select(static i => TimeSpan.FromHours(-Math.Log(((i * 777 % 2000) + 0.5) / 2000))));
        gaps.Usual.TotalHours.ShouldBeInRange(0.8, 1.2);
        gaps.Silence!.Value.ShouldBe(gaps.Longest * 1.7, TimeSpan.FromSeconds(1));
        gaps.InAYear(gaps.Longest).ShouldBeInRange(2, 6);
        gaps.InAYear(gaps.Silence!.Value).ShouldBeInRange(0.001, 0.1);
    }

    [Fact]
    public void Too_few_gaps_say_nothing()
    {
        Learnt(Enumerable.Repeat(TimeSpan.FromHours(1), 7)).Silence.ShouldBeNull();
        Learnt(Enumerable.Repeat(TimeSpan.FromHours(1), 8)).Silence.ShouldNotBeNull();
    }

    [Fact]
    public void A_silence_that_ended_makes_the_next_one_be_found_later_but_not_much() =>
        Gen.Select(Gen.Int[20, 300].Array[8, 60], Gen.Int[1, 500]).Sample(static (minutes, days) =>
        {
            var before = Learnt(minutes.Select(static minute => TimeSpan.FromMinutes(minute)));
            var after = before.With(TimeSpan.FromDays(days));
            return after.Silence >= before.Silence * 0.5 && after.Longest <= Longer(before.Longest, before.Silence!.Value * 1.2);
        });

    [Fact]
    public void A_gap_is_rarer_the_longer_it_is() =>
        Gen.Select(Gen.Int[1, 10_000].Array[8, 60], Gen.Int[0, 10_000], Gen.Int[0, 10_000]).Sample(static (minutes, a, b) =>
        {
            var gaps = Learnt(minutes.Select(static minute => TimeSpan.FromMinutes(minute)));
            return gaps.InAYear(TimeSpan.FromMinutes(Math.Max(a, b))) <= gaps.InAYear(TimeSpan.FromMinutes(Math.Min(a, b)));
        });

    [Fact]
    public void Feeds_are_judged_once_two_weeks_of_them_were_seen()
    {
        Hourly(days: 10).SilentFrom.ShouldBeNull();
        Hourly(days: 15).SilentFrom!.Value.ShouldBeInRange(Monday.AddDays(15), Monday.AddDays(15.5));
    }

    [Fact]
    public void A_silence_is_told_of_once_and_its_end_too()
    {
        var rhythm = Hourly(days: 20);
        var source = SourceOf(rhythm, Monday.AddDays(20));
        Silence.Noticed(source, rhythm, Monday.AddDays(20).AddHours(1)).ShouldBeNull();

        var (isSilent, words) = Silence.Noticed(source, rhythm, Monday.AddDays(21))!.Value;
        isSilent.ShouldBeTrue();
        words.ShouldMatch(
            "^no news for 25 h, where it comes about every [0-9]+ min: by itself it would be silent for so long once in more than a thousand years$");
        Silence.Holds(rhythm, Monday.AddDays(21)).ShouldBeTrue();
        Silence.Noticed(source with { LastSuccessAt = Monday.AddDays(21) }, rhythm, Monday.AddDays(22)).ShouldBeNull();

        var heard = NewsRhythm.Learn(rhythm, [Monday.AddDays(22.5)], Monday.AddDays(22), Monday.AddDays(22.5).AddMinutes(20));
        Silence.Noticed(source with { LastSuccessAt = Monday.AddDays(22) }, heard, Monday.AddDays(22.5).AddMinutes(20))
            .ShouldBe((false, "news again after a silence of 61.3 h"));
    }

    [Fact]
    public void Years_of_each_temperament_are_found_silent_within_three_of_its_longest_gaps_and_hardly_ever_by_mistake()
    {
        string[] few = ["weekday-blog", "weekly", "bursts", "daily", "weekdays", "rare"];
        var rows = SilenceReplay.Temperaments.Where(one => few.Contains(one.Name, StringComparer.Ordinal))
            .Select(static one => SilenceReplay.Run(one, seed: 1, years: 2, isDated: true)).ToList();

        rows.Select(static row => row.Name).ShouldBe(few, ignoreOrder: true);
        rows.ShouldAllBe(static row => row.Found.Count >= 3 && row.Missed == 0 && row.WorstOfLongest <= 3 && row.AlarmsAYear <= 1);
    }

    private static NewsRhythm Hourly(int days) =>
        NewsRhythm.Learn(null, [.. Enumerable.Range(0, days * 24).Select(static hour => (DateTimeOffset?)Monday.AddHours(hour))], null, Monday.AddDays(days))!;

    private static UsualGaps Learnt(IEnumerable<TimeSpan> gaps) => gaps.Aggregate(UsualGaps.None, static (known, gap) => known.With(gap));

    private static Source SourceOf(NewsRhythm rhythm, DateTimeOffset lastSuccess) => new()
    {
        Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), LastSuccessAt = lastSuccess, History = PollHistory.None with { News = rhythm },
    };

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
