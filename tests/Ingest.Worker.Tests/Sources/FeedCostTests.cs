using CsCheck;
using Ingest.Feeds;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Sources.Rhythm;

namespace Ingest.Worker.Tests.Sources;

public sealed class FeedCostTests
{
    private const long Fair = 256 << 10;
    private static readonly DateTimeOffset Monday = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PollOutcome NotModified = new PollOutcome.NotModified();

    [Fact]
    public void A_server_that_answers_304_is_asked_as_often_as_ever_however_large_its_feed() =>
        Gen.Int[0, 1].Array[3, 60].Sample(static polls =>
        {
            var cost = polls.Aggregate(FeedCost.None, static (cost, hasNews) => cost.After(hasNews == 1 ? Body(10 << 20, 1) : NotModified, isFirst: false));
            return cost.Stretch(Fair) == 1;
        });

    [Fact]
    public void A_server_that_always_sends_the_whole_feed_is_asked_the_more_rarely_the_more_its_news_costs()
    {
        Stretch(20 << 10).ShouldBe(1);
        Stretch(200 << 10).ShouldBeInRange(1.5, 3.5);
        Stretch(2 << 20).ShouldBe(4);

        // Two polls in three are in vain.
        static double Stretch(long bytes) =>
            Enumerable.Range(0, 60).Aggregate(FeedCost.None, (cost, i) => cost.After(Body(bytes, i % 3 == 0 ? 1 : 0), isFirst: false)).Stretch(Fair);
    }

    [Fact]
    public void One_answer_304_ends_it()
    {
        var cost = Enumerable.Range(0, 60).Aggregate(FeedCost.None, static (cost, _) => cost.After(Body(2 << 20, 0), isFirst: false));
        cost.Stretch(Fair).ShouldBe(4);
        cost.After(NotModified, isFirst: false).Stretch(Fair).ShouldBe(1);
    }

    [Fact]
    public void What_the_feed_held_when_it_was_first_read_is_no_news() => FeedCost.None.After(Body(1 << 20, 30), isFirst: true).PerNews.ShouldBe(1 << 20);

    [Fact]
    public void The_plan_says_why_it_waits_and_keeps_to_the_longest_interval()
    {
        var news = NewsRhythm.Learn(
            null, [.. Enumerable.Range(0, 100).Select(static hour => (DateTimeOffset?)Monday.AddHours(hour))], null, Monday.AddHours(100));
        var source = new Source
        {
            Id = 1, Name = "a", Url = new Uri("http://example.com/feed"), LastSuccessAt = Monday.AddHours(99.5),
            History = PollHistory.None with { News = news, Cost = new FeedCost(20 << 20, 10, 9) },
        };
        var dear = PollPlan.After(source, Body(1 << 20, 0), PollBounds.Default, Monday.AddHours(100));
        var cheap = PollPlan.After(source, NotModified, PollBounds.Default, Monday.AddHours(100));

        dear.Reason.ShouldContain("which does not say when nothing has changed, spends 2156 KiB on each");
        (dear.History.Interval!.Value / cheap.History.Interval!.Value).ShouldBe(4, 0.01);
        PollPlan.After(source, Body(1 << 20, 0), PollBounds.Default with { Longest = TimeSpan.FromHours(1) }, Monday.AddHours(100)).History.Interval
            .ShouldBe(TimeSpan.FromHours(1));
        PollPlan.After(
            source with { Rhythm = PollRhythm.Adaptive with { Interval = TimeSpan.FromMinutes(20) } }, Body(1 << 20, 0), PollBounds.Default, Monday).At
            .ShouldBeLessThan(Monday.AddMinutes(22.1));
    }

    private static PollOutcome Body(long bytes, int news) =>
        new PollOutcome.Read(RefreshHints.None) { BodyBytes = bytes, News = [.. Enumerable.Repeat((DateTimeOffset?)null, news)] };
}
