using Ingest.Pages.Body;
using Ingest.Pages.Claims;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Body;

public sealed class BodyReaderTests
{
    private const string First = "The river rose by two metres overnight, and the council closed both bridges before dawn on Tuesday.";
    private const string Second = "Farmers on the lower bank moved their cattle to the school field, where volunteers had put up fences.";
    private const string Third = "By noon the water had stopped rising, but the mayor said that nobody should return home before Thursday.";

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Body", "Golden");

    public static TheoryData<string> Pages() =>
        [.. Directory.EnumerateFiles(Folder, "*.html").Select(static path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    /// <summary>A page for each rule: the kind on the first line of what is expected, then the body, where it matters.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void Golden_page_is_read_as_its_rule_says(string rule)
    {
        var expected = File.ReadAllText(Path.Combine(Folder, rule + ".expected.txt")).Split('\n', 2);
        var claims = new PageClaims(new ArticlePage { Title = new PageClaim("Bridges closed as the river rises", "html"), Authors = ["Ann Example"] });
        var body = Read(File.ReadAllText(Path.Combine(Folder, rule + ".html")), claims);
        body.Kind.ToString().ShouldBe(expected[0]);
        if (expected[1].Trim().Length > 0) body.Text.ShouldBe(expected[1].Trim());
    }

    [Fact]
    public void Glued_claim_gives_way_to_the_blocks_of_the_page()
    {
        var claimed = Claimed(First + Second + Third);
        var body = Read($"<article><p>{First}</p><p>{Second}</p><p>{Third}</p></article>", claimed);
        (body.Text, body.Origin).ShouldBe(($"{First}\n\n{Second}\n\n{Third}", "html"));
    }

    [Fact]
    public void Glued_claim_is_kept_as_it_is_where_the_page_has_no_such_text()
    {
        var body = Read("<main><h1>Bridges closed</h1><p>Subscribers read on.</p></main>", Claimed(First + Second + Third));
        (body.Text, body.Origin).ShouldBe((First + Second + Third, "json-ld"));
    }

    [Fact]
    public void Claim_finds_its_blocks_where_the_container_was_wrong()
    {
        var other = string.Concat(Enumerable.Range(0, 12).Select(
            static n => $"<p>Notice {n} of the water board, which has nothing to do with the article and yet is longer than it. It goes on for a while.</p>"));
        var body = Read(
            $"<div class=\"article-body\">{other}</div><div><p>{First}</p><p>{Second}</p><p>{Third}</p></div>",
            Claimed(string.Concat(Enumerable.Repeat(First + " " + Second + " " + Third + " ", 1))));
        body.Text.ShouldStartWith("Notice 0");
        var longer = string.Concat(Enumerable.Range(0, 40).Select(
            static n => $"<p>Paragraph {n} of the article proper, about the river, the bridges and the people of the valley.</p>"));
        var claim = string.Join(' ', Enumerable.Range(0, 40).Select(
            static n => $"Paragraph {n} of the article proper, about the river, the bridges and the people of the valley."));
        var rescued = Read($"<div class=\"article-body\">{other}</div><div class=\"newsletter\">{longer}</div>", Claimed(claim));
        rescued.Text.ShouldStartWith("Paragraph 0 of the article proper");
        rescued.Text.Split("\n\n").Length.ShouldBe(40);
    }

    [Fact]
    public void Explanation_says_the_fate_of_every_block()
    {
        var explanation = Read(
            $"<nav><a href=/>Home</a></nav><article><h1>Title</h1><p>{First}</p><p>{Second}</p></article>", new PageClaims(new ArticlePage()), explain: true)
            .Explanation;
        explanation.ShouldContain(static line => line.Contains("(Boilerplate): Home", StringComparison.Ordinal));
        explanation.ShouldContain(static line => line.Contains("(kept): The river", StringComparison.Ordinal));
        explanation.ShouldContain(static line => line.StartsWith("body container article", StringComparison.Ordinal));
    }

    private static PageClaims Claimed(string text) => new(new ArticlePage()) { Bodies = [new PageClaim(text, "json-ld")] };

    private static PageBody Read(string html, PageClaims claims, bool explain = false)
    {
        using var document = BoundedParse.Read(html, ReadingLimit.None);
        return BodyReader.Read(document, claims, ReadingLimit.None, explain);
    }
}
