using Ingest.Worker.Commands;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Commands;

public sealed class SortedSettingsTests
{
    private static readonly string[] Names = ["a", "A-b", "a.b", "a_b", "b", "10", "9", "ä", "Ingest", "Sources", "a b", "~", "\u0001"];

    [Fact]
    public void Sections_have_the_children_that_the_framework_s_own_settings_have()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 300; round++)
        {
            var values = Enumerable.Range(0, random.Next(0, 40))
                .Select(_ => string.Join(':', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Names[random.Next(Names.Length)])))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .ToDictionary(static key => key, static key => (string?)key, StringComparer.OrdinalIgnoreCase);
            var expected = new ConfigurationBuilder().AddInMemoryCollection(values).AddInMemoryCollection([KeyValuePair.Create("a:c", (string?)"1")]).Build();
            var read = new ConfigurationBuilder().Add(new SortedSettings(values)).AddInMemoryCollection([KeyValuePair.Create("a:c", (string?)"1")]).Build();

            read.AsEnumerable().ShouldBe(expected.AsEnumerable());
        }
    }

    [Fact]
    public void A_value_that_is_set_later_is_among_the_children()
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["a:b"] = "1" };
        var read = new ConfigurationBuilder().Add(new SortedSettings(values)).Build();
        read.GetSection("a").GetChildren().Count().ShouldBe(1);
        read["a:c"] = "2";
        read.GetSection("a").GetChildren().Select(static child => child.Key).ShouldBe(["b", "c"]);
    }
}
