using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SourceListTests
{
    [Fact]
    public void A_source_is_read_with_everything_it_may_say()
    {
        var source = Read(
            """{ "a": { "Url": "https://example.com/feed", "FullText": "always", "Schedule": "0 0/15 * * * ?", "TimeZone": "Europe/Berlin", "Tags": ["x", "y"] } }""").Sources.Single();
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
            "Ingest:Sources:bad:Ur is not a setting of a source: use Url, FullText, Schedule, TimeZone, Interval, Tags, Enabled, Headers, Credential, "
                + "UnconditionalCheck, Cookie, UserAgent, Proxy, HttpVersion, Certificate, Timeout, Keep, Block.",
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

    [Fact]
    public void Access_is_read_by_reference_and_follows_to_found_sources()
    {
        var list = Read("""
            { "a": { "Url": "https://example.com/feed", "Headers": { "X-Api-Key": "env:KEY", "Accept-Language": "de" }, "Credential": { "User": "me", "Password": "file:/run/secrets/a" }, "UnconditionalCheck": false },
              "b": { "Url": "https://example.com/b", "Credential": { "Token": "env:TOKEN" } }, "c": { "Url": "https://example.com/c" } }
            """);
        list.Faults.ShouldBeEmpty();
        list.Access["a"].Credential.ShouldBe(new Credential.Basic("me", "file:/run/secrets/a"));
        list.Access["a"].Headers!["x-api-key"].ShouldBe("env:KEY");
        list.Access["a"].UnconditionalCheck.ShouldBeFalse();
        list.Access["b"].Credential.ShouldBe(new Credential.Bearer("env:TOKEN"));
        (list.Access["c"].IsPlain, list.Access["c"].UnconditionalCheck).ShouldBe((true, true));
        list.Access["a"].Request(new Uri("https://example.com/page"), FetchKind.Page, null).Credential.ShouldNotBeNull();
        list.Access["a"].Request(new Uri("http://example.com/page"), FetchKind.Page, null).Credential.ShouldBeNull();
        list.Access["a"].Request(new Uri("https://other.example/feed"), FetchKind.Feed, null).Headers.ShouldBeNull();
    }

    [Fact]
    public void Faults_of_access_name_keys_and_never_secrets()
    {
        var list = Read("""
            { "a": { "Url": "https://example.com/feed", "Headers": { "Cookie": "hunter2", "Authorization": "hunter2", "X Y": "hunter2", "X-Line": "a\nhunter2" }, "UnconditionalCheck": "never" },
              "b": { "Url": "https://example.com/b", "Credential": { "User": "me", "Password": "hunter2" } }, "c": { "Url": "https://example.com/c", "Credential": { "User": "me", "Token": "env:T", "Pass": "hunter2" } },
              "d": { "Url": "https://example.com/d", "Credential": "hunter2", "Headers": "hunter2" } }
            """);
        list.Sources.ShouldBeEmpty();
        list.Faults.ShouldAllBe(static fault => !fault.Contains("hunter2", StringComparison.Ordinal));
        list.Faults.ShouldBe(
        [
            "Ingest:Sources:a:Headers:Authorization is set by the worker itself, or never sent: leave it out, and use Credential.",
            "Ingest:Sources:a:Headers:Cookie is set by the worker itself, or never sent: leave it out, and use Cookie of the source.",
            "Ingest:Sources:a:Headers:X Y is not a valid name of a header: use letters, digits and hyphens.",
            "Ingest:Sources:a:Headers:X-Line has no value, or one with control characters or letters beyond Latin-1, which a header cannot carry: "
                + "give a line of text, env:NAME or file:/path.",
            "Ingest:Sources:a:UnconditionalCheck is 'never': give true or false.",
            "Ingest:Sources:b:Credential:Password is not a reference: give env:NAME or file:/path; the secret itself does not belong in the settings.",
            "Ingest:Sources:c:Credential:Pass is not a setting of a credential: use User and Password, or Token.",
            "Ingest:Sources:c:Credential is incomplete: give User and Password, or Token alone.",
            "Ingest:Sources:d:Credential is a single value: give a section with User and Password, or with Token.",
            "Ingest:Sources:d:Headers is a single value: give a section of names and values.",
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
