using Ingest.Worker.Ingestion;
using Ingest.Worker.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SourceListTests
{
    [Fact]
    public void A_source_is_read_with_everything_it_may_say()
    {
        var source = Read("""{ "a": { "Url": "https://example.com/feed", "FullText": "always", "Schedule": "0 0/15 * * * ?", "TimeZone": "Europe/Berlin", "Tags": ["x", "y"] } }""").Sources.Single();
        (source.Name, source.Url, source.FullText).ShouldBe(("a", new Uri("https://example.com/feed"), FullText.Always));
        source.Rhythm.ShouldBe(new PollRhythm("0 0/15 * * * ?", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), null));
        source.Tags.ShouldBe(["x", "y"]);
    }

    [Fact]
    public void A_bad_source_tells_all_its_faults_and_costs_no_other()
    {
        var list = Read(
            """
            { "bad": { "Url": "ftp://x", "FullText": "1", "Schedule": "every day", "TimeZone": "Mars", "Interval": "5", "Tags": "w", "Enabled": "maybe", "Ur": "x" },
              "scalar": "https://example.com/", "section": { "Url": { "a": 1 } }, "good": { "Url": "https://example.com/" } }
            """);
        list.Sources.Select(static source => source.Name).ShouldBe(["good"]);
        list.Faulty.ShouldBe(["bad", "scalar", "section"], ignoreOrder: true);
        list.Faults.ShouldBe(
        [
            "Ingest:Sources:bad:Tags is 'w': give a list of words.",
            "Ingest:Sources:bad:Ur is no setting of a source: use Url, FullText, Schedule, TimeZone, Interval, Tags, Enabled, Headers, Credential, UnconditionalCheck.",
            "Ingest:Sources:bad:Url is 'ftp://x': give an absolute http or https URL.",
            "Ingest:Sources:bad:FullText is '1': give Auto, Always or Never.",
            "Ingest:Sources:bad:Schedule is 'every day': give a Quartz cron expression of six or seven fields, as 0 0/15 * * * ?.",
            "Ingest:Sources:bad:TimeZone is 'Mars': give an IANA time zone, as Europe/Berlin.",
            "Ingest:Sources:bad:Interval is '5': give a time from 00:00:10 to 365.00:00:00.",
            "Ingest:Sources:bad:Interval is '5': give either a Schedule or an Interval.",
            "Ingest:Sources:bad:Enabled is 'maybe': give true or false.",
            "Ingest:Sources:scalar is 'https://example.com/': give a section with a Url.",
            "Ingest:Sources:section:Url is a section: give a single value.",
            "Ingest:Sources:section:Url is '': give an absolute http or https URL.",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("a\\u0000b", "control characters")]
    [InlineData("site/0123abcd", "like those of sources found")]
    public void A_name_that_could_not_be_stored_is_a_fault(string name, string words) =>
        Read($$"""{ "{{name}}": { "Url": "https://example.com/" } }""").Faults.Single().ShouldContain(words);

    [Fact]
    public void A_source_switched_off_is_neither_there_nor_faulty()
    {
        var list = Read("""{ "a": { "Url": "https://example.com/", "Enabled": false } }""");
        list.Sources.ShouldBeEmpty();
        list.Faulty.ShouldBeEmpty();
    }

    private static SourceList Read(string sources)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "Ingest": { "Sources": {{sources}} } }"""));
        return SourceList.Read(new ConfigurationBuilder().AddJsonStream(json).Build());
    }
}
