using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Tests.Body.Fate;

/// <summary>Where groups of links end is found in as many steps as there are blocks, whatever the blocks look like.</summary>
public sealed class LinkGroupsTests
{
    private const int Many = 2_000;
    private const int Ranks = 7;

    [Theory]
    [InlineData("p", "Latest figures")]
    [InlineData("p", "Related topics today")]
    [InlineData("li", "Latest figures")]
    [InlineData("h2", "Latest figures")]
    [InlineData("h4", "Share of the vote")]
    public void Lines_that_each_may_head_a_group_are_gone_through_once(string tag, string text)
    {
        var groups = Of(Enumerable.Repeat(Block(tag, text), Many));
        for (var at = 0; at < Many; at++) groups.EndOf(at);
        groups.Steps.ShouldBeLessThanOrEqualTo(Ranks * Many);
    }

    [Fact]
    public void Headings_of_all_ranks_in_turn_are_gone_through_once_each()
    {
        var groups = Of(Enumerable.Range(0, Many).Select(static n => Block($"h{(n % 6) + 1}", "Latest figures")));
        for (var at = 0; at < Many; at++) groups.EndOf(at);
        groups.Steps.ShouldBeLessThanOrEqualTo(Ranks * Many);
    }

    [Fact]
    public void A_group_ends_at_the_next_heading_of_its_rank_also_when_another_was_looked_at_before()
    {
        var groups = Of(
        [
            Block("h2", "Latest figures"), Block("h3", "Related"), Block("p", "One"), Block("h3", "Related"), Block("p", "Two"), Block("h2", "Votes"),
        ]);
        groups.EndOf(0).ShouldBeNull();
        groups.EndOf(1).ShouldBe(3);
        groups.EndOf(3).ShouldBe(5);
    }

    private static LinkGroups Of(IEnumerable<TextBlock> blocks)
    {
        List<TextBlock> all = [.. blocks];
        return new LinkGroups(all, [.. Enumerable.Range(0, all.Count)]);
    }

    private static TextBlock Block(string tag, string text)
    {
        var kind = tag[0] == 'h' ? BlockKind.Heading : tag == "li" ? BlockKind.ListItem : BlockKind.Paragraph;
        return new TextBlock(text, 0, kind, kind == BlockKind.Heading ? tag[1] - '0' : 0, new Region(null, tag, "", Hint.None, 0));
    }
}
