using CsCheck;
using Ingest.Worker.Sources.Plans;

namespace Ingest.Worker.Tests.Sources;

public sealed class FirstPollsTests
{
    [Fact]
    public void No_second_has_more_first_polls_than_allowed_and_none_is_lost() =>
        Gen.Select(Gen.Int[0, 20].Array[0, 300], Gen.Int[1, 50]).Sample(static (hosts, perSecond) =>
        {
            var pace = new FirstPollPace(perSecond, TimeSpan.MaxValue);
            var places = FirstPolls.Spread([.. hosts.Select(static (host, i) => (Host: host, I: i))], static source => source.Host, pace).ToList();
            return places.Select(static place => place.Source.I).Order().SequenceEqual(Enumerable.Range(0, hosts.Length))
                && places.GroupBy(static place => (int)place.After.TotalSeconds).All(second => second.Count() <= perSecond)
                && (places.Count == 0 || places.Max(static place => place.After) == pace.Window(hosts.Length));
        });

    [Fact]
    public void All_of_them_are_asked_within_the_time_that_is_given() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[1, 50], Gen.Int[1, 3600]).Sample(static (sources, perSecond, within) =>
        {
            var pace = new FirstPollPace(perSecond, TimeSpan.FromSeconds(within));
            return pace.For(sources) >= perSecond && pace.Window(sources) <= TimeSpan.FromSeconds(within);
        });

    [Fact]
    public void The_sources_of_one_host_do_not_follow_each_other() =>
        FirstPolls.Spread(["a1", "a2", "a3", "b1", "b2", "c1"], static name => name[0], new FirstPollPace(1, TimeSpan.MaxValue))
            .Select(static place => place.Source).ShouldBe(["a1", "b1", "c1", "a2", "b2", "a3"]);
}
