using CsCheck;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Tests.Sources;

public sealed class NewsRhythmTests
{
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<NewsRhythm> AnyRhythm = Gen.Int[0, 28 * 24 * 60].Array[1, 60].Select(static minutes =>
        NewsRhythm.Learn(null, [.. minutes.Select(static minute => (DateTimeOffset?)Monday.AddMinutes(minute))], null, Monday.AddDays(28))!);

    [Fact]
    public void Active_time_and_its_end_are_each_others_inverse() =>
        Gen.Select(AnyRhythm, Gen.Int[0, 100_000], Gen.Int[1, 5000]).Sample(static (rhythm, start, minutes) =>
        {
            var from = Monday.AddMinutes(start);
            var end = rhythm.After(from, TimeSpan.FromMinutes(minutes), from.AddDays(27));
            return end == from.AddDays(27) || (rhythm.ActiveTime(from, end) - TimeSpan.FromMinutes(minutes)).Duration() < TimeSpan.FromSeconds(1);
        });

    [Fact]
    public void Active_time_never_runs_backwards() =>
        Gen.Select(AnyRhythm, Gen.Int[0, 100_000], Gen.Int[0, 5000], Gen.Int[0, 5000]).Sample(static (rhythm, start, a, b) =>
            rhythm.ActiveTime(Monday.AddMinutes(start), Monday.AddMinutes(start + a)) <= rhythm.ActiveTime(Monday.AddMinutes(start), Monday.AddMinutes(
                start + a + b)));

    [Fact]
    public void A_week_of_active_time_is_a_week() =>
        AnyRhythm.Sample(static rhythm => rhythm.ActiveTime(Monday, Monday.AddDays(7)).TotalDays is > 6.99 and < 7.5);

    [Fact]
    public void Nights_and_weekends_without_news_are_quiet()
    {
        var office = Weeks(6).Where(static hour => hour.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && hour.Hour is >= 7 and < 17).ToList();
        var rhythm = NewsRhythm.Learn(null, Stated(office), null, Monday.AddDays(42))!;
        rhythm.ActiveTime(Monday.AddHours(20), Monday.AddHours(28)).ShouldBeLessThan(TimeSpan.FromHours(1.5));
        rhythm.ActiveTime(Monday.AddDays(5), Monday.AddDays(7)).ShouldBeLessThan(TimeSpan.FromHours(10));
        rhythm.ActiveTime(Monday.AddHours(9), Monday.AddHours(12)).ShouldBeGreaterThan(TimeSpan.FromHours(5));
    }

    [Fact]
    public void The_gap_follows_the_feed()
    {
        NewsRhythm.Learn(null, Stated(Weeks(2)), null, Monday.AddDays(14))!.Gap.ShouldBeInRange(TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(70));
        NewsRhythm.Learn(null, Stated(Weeks(8).Where(static hour => hour is { Hour: 12, DayOfWeek: DayOfWeek.Tuesday })), null, Monday.AddDays(56))!.Gap
            .ShouldBeInRange(TimeSpan.FromDays(5), TimeSpan.FromDays(9));
    }

    [Fact]
    public void Entries_that_came_together_are_one_piece_of_news()
    {
        var rhythm = NewsRhythm.Learn(
            null, Stated(Weeks(2).Where(static hour => hour.Hour % 6 == 0).SelectMany(static hour => Enumerable.Repeat(hour, 10))), null, Monday.AddDays(14))!;
        rhythm.Gap.ShouldBeInRange(TimeSpan.FromHours(4), TimeSpan.FromHours(8));
    }

    [Fact]
    public void A_publishers_wrong_clock_makes_no_silence()
    {
        var rhythm = NewsRhythm.Learn(null, [Monday.AddHours(-9)], null, Monday);
        for (var hour = 1; hour < 100; hour++)
            rhythm = NewsRhythm.Learn(rhythm, [Monday.AddHours(hour - 7.5)], Monday.AddHours(hour - 1), Monday.AddHours(hour));
        rhythm!.SilentSince.ShouldBe(Monday.AddHours(99));
        rhythm.Gap.ShouldBeInRange(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(90));
    }

    [Fact]
    public void A_feed_whose_entries_are_old_has_been_silent_since() =>
        NewsRhythm.Learn(null, [Monday.AddYears(-3)], null, Monday)!.SilentSince.ShouldBe(Monday.AddDays(-180));

    [Fact]
    public void Without_news_nothing_is_learnt()
    {
        NewsRhythm.Learn(null, [], null, Monday).ShouldBeNull();
        var before = NewsRhythm.Learn(null, [Monday], null, Monday.AddHours(1));
        NewsRhythm.Learn(before, [], Monday.AddHours(1), Monday.AddHours(2)).ShouldBe(before);
    }

    private static IEnumerable<DateTimeOffset> Weeks(int weeks) => Enumerable.Range(0, weeks * 7 * 24).Select(static hour => Monday.AddHours(hour));

    private static IReadOnlyList<DateTimeOffset?> Stated(IEnumerable<DateTimeOffset> times) => [.. times.Select(static time => (DateTimeOffset?)time)];
}
