using System.Globalization;
using Ingest.Worker.Commands;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Commands;

/// <summary>What reading the sources costs, counted in questions to the settings.</summary>
public sealed class SettingsCostTests
{
    [Fact]
    public void Twice_as_many_sources_take_twice_as_many_questions()
    {
        var (few, many) = (Questions(500), Questions(1000));

        few.Answers.ShouldBeGreaterThan(500);
        many.Answers.ShouldBeLessThanOrEqualTo(few.Answers * 21 / 10);
        many.Children.ShouldBeLessThanOrEqualTo(few.Children * 21 / 10);
    }

    private static (long Answers, long Children) Questions(int sources)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var n = 0; n < sources; n++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Ingest:Sources:source-{n}");
            values[name + ":Url"] = string.Create(CultureInfo.InvariantCulture, $"https://host-{n % 50}.example/{n}.xml");
            values[name + ":FullText"] = "Never";
            values[name + ":Tags:0"] = "news";
        }

        var counted = new CountedSettings(values);
        SourceList.Read(new ConfigurationBuilder().Add(counted).Build()).Sources.Count.ShouldBe(sources);
        return (counted.Answers, counted.Children);
    }

    private sealed class CountedSettings(IDictionary<string, string?> values) : SortedSettings(values)
    {
        public long Answers { get; private set; }

        /// <summary>Names of children that were given, those of the questioner's included.</summary>
        public long Children { get; private set; }

        public override bool TryGet(string key, out string? value)
        {
            Answers++;
            return base.TryGet(key, out value);
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            var children = base.GetChildKeys(earlierKeys, parentPath).ToList();
            Children += children.Count;
            return children;
        }
    }
}
