using System.Text.RegularExpressions;

namespace Ingest.Worker.Tests.Docs;

/// <summary>Links in the pages lead somewhere: to a file of the repository, and to a heading in it.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_between_pages_leads_to_a_file_and_a_heading() =>
        Page.All.SelectMany(static page => Links(Page.Read(page)).Select(link => Fault(page, link))).OfType<string>().ShouldBeEmpty();

    [Fact]
    public void Every_page_of_the_docs_is_reached_from_the_readme()
    {
        HashSet<string> reached = ["README.md"];
        var waiting = new Queue<string>(reached);
        while (waiting.TryDequeue(out var page))
        {
            foreach (var target in Links(Page.Read(page)).Where(static link => !IsElsewhere(link)).Select(link => Target(page, link)))
                if (Page.All.Contains(target) && reached.Add(target)) waiting.Enqueue(target);
        }

        Page.All.Except(reached).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("[a](nowhere.md)")]
    [InlineData("[a](README.md#no-such-heading)")]
    [InlineData("[a](#no-such-heading)")]
    public void A_broken_link_is_found(string text) => Fault("README.md", Links(text).ShouldHaveSingleItem()).ShouldNotBeNull();

    [Theory]
    [InlineData("## Signed requests", "signed-requests")]
    [InlineData("### `Ingest:Fetching:Signing`", "ingestfetchingsigning")]
    [InlineData("# What's new, 0.2.0 (unreleased)", "whats-new-020-unreleased")]
    public void A_heading_has_the_anchor_that_hosts_of_repositories_give_it(string heading, string anchor) => Anchors(heading).ShouldBe([anchor]);

    private static string? Fault(string page, string link)
    {
        if (IsElsewhere(link)) return null;
        var target = Target(page, link);
        var path = Path.Combine(Repository.Root, target);
        if (!File.Exists(path) && !Directory.Exists(path)) return $"{page}: {link} leads to no file.";
        return link.Split('#') is [_, var anchor] && !Anchors(Page.Read(target)).Contains(anchor) ? $"{page}: {link} leads to no heading." : null;
    }

    private static bool IsElsewhere(string link) => link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal);

    private static string Target(string page, string link)
    {
        var file = link.Split('#')[0];
        if (file.Length == 0) return page;
        var path = Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, file));
        return Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
    }

    private static IEnumerable<string> Links(string text) => Link().Matches(Code().Replace(text, "")).Select(static match => match.Groups["to"].Value);

    // Letters, digits, spaces, "-" and "_" stay, spaces become "-"; what is repeated has a number behind it, which nobody here links to.
    private static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(Fence().Replace(text, ""))
            .Select(static match => NotInAnchors().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<to>[^)\s]+)\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotInAnchors();
}
