using CsCheck;
using Ingest.Worker.Sources.Health;

namespace Ingest.Worker.Tests.Sources;

/// <summary>What is usual with a source's articles, and what is no longer.</summary>
public sealed class SourceDriftTests
{
    [Fact]
    public void Each_drift_is_found_within_some_fifteen_articles_and_hardly_ever_by_mistake()
    {
        var rows = DriftReplay.Run(sources: 4, years: 1);

        rows.Count.ShouldBe(5);
        rows.ShouldAllBe(static row => row.Found.Count == row.Sources && row.Median <= 15 && row.FalseAlarms / row.Years <= 0.25);
    }

    [Fact]
    public void What_is_a_sources_habit_is_no_drift_and_what_becomes_one_is_none_any_more()
    {
        var empty = Take(SourceDrift.New, 300, static i => new ArticleSample(i, 0, true, null));
        empty.Kinds.ShouldBeEmpty();

        var drifted = Take(Usual(), 10, static i => new ArticleSample(10_000 + i, 0, true, null));
        drifted.Kinds.ShouldBe([DriftKind.Empty]);
        Take(drifted, 500, static i => new ArticleSample(20_000 + i, 0, true, null)).Kinds.ShouldBeEmpty();
    }

    [Fact]
    public void A_drift_is_over_when_articles_are_what_they_were()
    {
        var drifted = Take(Usual(), 8, static i => new ArticleSample(10_000 + i, 12, false, 5));
        drifted.Kinds.ShouldBe([DriftKind.Short, DriftKind.Undated, DriftKind.Repeated]);
        Take(drifted, 15, static i => new ArticleSample(20_000 + i, 400, true, i)).Kinds.ShouldBeEmpty();
    }

    [Fact]
    public void An_article_that_is_told_of_twice_repeats_nobody() =>
        Take(Usual(), 40, static i => new ArticleSample(10_000 + (i / 2), 400, true, 10_000 + (i / 2))).Kinds.ShouldBeEmpty();

    [Fact]
    public void The_first_articles_of_a_source_are_no_drift() =>
        Take(SourceDrift.New, 15, static i => new ArticleSample(i, 3, false, 5)).WithPage(true).Kinds.ShouldBeEmpty();

    [Fact]
    public void Evidence_and_shares_stay_within_their_bounds_whatever_comes() =>
        Gen.Bool.Array[0, 400].Sample(static faults =>
        {
            var watch = faults.Aggregate(DriftWatch.New, static (watch, fault) => watch.With(fault));
            return watch.Evidence is >= 0 and <= 14 && watch.Share is > 0 and < 1 && watch.Seen == faults.Length && (!watch.Drifts || watch.Evidence > 0);
        });

    private static SourceDrift Usual() => Take(SourceDrift.New, 60, static i => new ArticleSample(i, 300 + (i % 7 * 40), true, i));

    private static SourceDrift Take(SourceDrift drift, int count, Func<int, ArticleSample> article) =>
        Enumerable.Range(0, count).Aggregate(drift, (known, i) => known.With(article(i)));
}
