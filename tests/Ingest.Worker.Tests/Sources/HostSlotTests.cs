using CsCheck;
using Ingest.Worker.Sources;

namespace Ingest.Worker.Tests.Sources;

public sealed class HostSlotTests
{
    [Fact]
    public void Partitions_cover_every_slot_exactly_once_whatever_their_number() =>
        Gen.Int[1, 2000].Sample(static partitions =>
            Enumerable.Range(0, partitions)
                .SelectMany(partition => HostSlot.OfPartition(partition, partitions))
                .SequenceEqual(Enumerable.Range(0, HostSlot.Count).Select(static slot => (short)slot)));

    [Theory]
    [InlineData("http://example.com/a", "https://EXAMPLE.com:8443/b?c")]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/feed")]
    public void Scheme_port_path_and_spelling_do_not_change_the_slot(string one, string other) =>
        HostSlot.Of(new Uri(one)).ShouldBe(HostSlot.Of(new Uri(other)));

    [Fact]
    public void A_slot_is_stored_and_so_never_changes() =>
        new[] { "http://example.com/", "http://example.org/", "http://127.0.0.1/" }.Select(static url => HostSlot.Of(new Uri(url)))
            .ShouldBe([(short)122, (short)534, (short)319]);

    [Fact]
    public void Hosts_spread_over_the_slots()
    {
        var used = Enumerable.Range(0, 4096).Select(static i => HostSlot.Of(new Uri($"http://host{i}.example/"))).GroupBy(static slot => slot).ToList();
        used.Count.ShouldBeGreaterThan(950);
        used.Max(static slot => slot.Count()).ShouldBeLessThan(20);
    }
}
