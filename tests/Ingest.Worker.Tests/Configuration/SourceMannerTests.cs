using Ingest.Feeds;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Requests;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Configuration;

/// <summary>How a source is asked otherwise, and which of its entries are taken, as the settings say.</summary>
public sealed class SourceMannerTests
{
    [Fact]
    public void A_manner_is_read_and_what_was_given_for_one_server_goes_to_no_other()
    {
        var list = Read(
            """
            { "a": { "Url": "https://example.com/feed", "Cookie": "env:C", "UserAgent": "Mine/1.0", "Proxy": "none", "HttpVersion": "1.1",
                     "Certificate": "file:/etc/ca.pem", "Timeout": "00:02:00" }, "b": { "Url": "https://example.com/b", "Proxy": "socks5://me:pw@127.0.0.1:9" } }
            """);
        list.Faults.ShouldBeEmpty();
        var (own, others) = (list.Access["a"].Request(new Uri("https://example.com/p"), FetchKind.Page, null).Manner,
            list.Access["a"].Request(new Uri("https://other.example/p"), FetchKind.Page, null).Manner);
        own.ShouldBe(new FetchManner
        {
            Cookie = "env:C", UserAgent = "Mine/1.0", Proxy = "", HttpVersion = System.Net.HttpVersion.Version11, Certificate = "file:/etc/ca.pem",
            Timeout = TimeSpan.FromMinutes(2),
        });
        others.ShouldBe(new FetchManner { Proxy = "", Timeout = TimeSpan.FromMinutes(2) });
        list.Access["a"].IsPlain.ShouldBeFalse();
        list.Access["b"].Manner.ToString().ShouldNotContain("pw");
    }

    [Fact]
    public void What_is_wrong_with_a_manner_is_told_without_what_may_be_secret()
    {
        var faults = Read(
            """
            { "a": { "Url": "https://example.com/feed", "Cookie": "session=hunter2", "UserAgent": " ", "Proxy": "ftp://me:hunter2@x", "HttpVersion": "3",
                     "Certificate": "any", "Timeout": "5" }, "b": { "Url": "https://example.com/b", "Certificate": "sha256//AAAA", "Timeout": "01:00:00" },
              "c": { "Url": "https://example.com/c", "Headers": { "Cookie": "x" } } }
            """).Faults;
        faults.Select(static fault => fault.Split(" ", 2)[0]).ShouldBe(
        [
            "Ingest:Sources:a:Cookie", "Ingest:Sources:a:UserAgent", "Ingest:Sources:a:Proxy", "Ingest:Sources:a:HttpVersion", "Ingest:Sources:a:Certificate",
            "Ingest:Sources:a:Timeout", "Ingest:Sources:b:Certificate", "Ingest:Sources:b:Timeout", "Ingest:Sources:c:Headers:Cookie",
        ]);
        faults.ShouldAllBe(static fault => !fault.Contains("hunter2", StringComparison.Ordinal));
        faults[^1].ShouldEndWith("leave it out, and use Cookie of the source.");
    }

    [Fact]
    public void Filters_that_are_wrong_are_told_in_words()
    {
        var faults = Read(
            $$"""
            { "a": { "Url": "https://example.com/feed", "Keep": { "Title": "(", "Autor": "x", "Url": "" }, "Block": { "Title": "(?=x)", "Category": "{{new string('x', 1001)}}" } },
              "b": { "Url": "https://example.com/b", "Keep": "river" } }
            """).Faults;
        faults.Count.ShouldBe(6);
        faults.ShouldContain("Ingest:Sources:a:Keep:Autor is not a setting of a filter: use Title, Author, Category, Url.");
        faults.ShouldContain(
            static fault => fault.StartsWith("Ingest:Sources:a:Keep:Title is '(', which is no regular expression: ", StringComparison.Ordinal));
        faults.ShouldContain("Ingest:Sources:a:Keep:Url is empty: give a regular expression.");
        faults.ShouldContain(static fault => fault.Contains("without lookarounds", StringComparison.Ordinal));
        faults.ShouldContain("Ingest:Sources:a:Block:Category has 1001 characters: give an expression of at most 1000.");
        faults.ShouldContain("Ingest:Sources:b:Keep is 'river': give a section with Title, Author, Category, Url.");
    }

    [Theory]
    [InlineData("""{ "Keep": { "Title": "river|flood" } }""", null)]
    [InlineData("""{ "Keep": { "Title": "fire", "Category": "^environment$" } }""", null)]
    [InlineData("""{ "Keep": { "Title": "fire" } }""", "it has nothing of what Keep looks for in its title")]
    [InlineData("""{ "Keep": { "Title": "fire", "Author": "b. weir" } }""", "it has nothing of what Keep looks for in its author, title")]
    [InlineData("""{ "Block": { "Url": "/SPONSORED/" } }""", "its URL has what Block:Url looks for: /SPONSORED/")]
    [InlineData("""{ "Keep": { "Title": "river" }, "Block": { "Author": "a[.] w" } }""", "its author has what Block:Author looks for: a[.] w")]
    [InlineData("""{ }""", null)]
    public void An_entry_is_taken_that_has_something_of_what_is_kept_and_nothing_of_what_is_blocked(string filters, string? reason)
    {
        var list = Read($$"""{ "a": { "Url": "https://example.com/feed", {{filters[1..^1]}} } }""");
        list.Faults.ShouldBeEmpty();
        var entry = new FeedEntry
        {
            Title = "The <b>River</b> rose", Authors = ["A. Weir"], Categories = [new FeedCategory("Environment", null)],
            Link = "https://example.com/sponsored/1",
        };
        list.Access["a"].Filter.ReasonAgainst(entry, new Uri(entry.Link)).ShouldBe(reason);
    }

    private static SourceList Read(string sources)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "Ingest": { "Sources": {{sources}} } }"""));
        return SourceList.Read(new ConfigurationBuilder().AddJsonStream(json).Build());
    }
}
