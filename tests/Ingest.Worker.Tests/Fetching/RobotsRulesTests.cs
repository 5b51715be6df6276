using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Ingest.Worker.Fetching.Robots;

namespace Ingest.Worker.Tests.Fetching;

public sealed class RobotsRulesTests
{
    private const string SimpleExample = """
        User-Agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-Agent: foobot
        Disallow:/
        Allow:/example/page.html
        Allow:/example/allowed.gif

        User-Agent: barbot
        User-Agent: bazbot
        Disallow: /example/page.html

        User-Agent: quxbot

        """;

    // RFC 9309, section 5.1.
    [Theory]
    [InlineData("foobot", "/example/page.html", true)]
    [InlineData("foobot", "/example/allowed.gif", true)]
    [InlineData("foobot", "/example/", false)]
    [InlineData("foobot", "/", false)]
    [InlineData("barbot", "/example/page.html", false)]
    [InlineData("bazbot", "/example/page.html", false)]
    [InlineData("bazbot", "/example/", true)]
    [InlineData("quxbot", "/example/page.html", true)]
    [InlineData("quxbot", "/a.gif", true)]
    [InlineData("Ingest.Worker", "/a.gif", false)]
    [InlineData("Ingest.Worker", "/a.gif?x", true)]
    [InlineData("Ingest.Worker", "/example/a", false)]
    [InlineData("Ingest.Worker", "/publications/a", true)]
    [InlineData("Ingest.Worker", "/other", true)]
    public void Groups_bind_those_they_name_and_the_star_group_the_rest(string product, string path, bool allowed) =>
        Allows(SimpleExample, path, product).ShouldBe(allowed);

    [Theory]
    // RFC 9309, section 5.2: the longest match wins.
    [InlineData("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/disallowed.gif", false)]
    [InlineData("Allow: /example/page/\nDisallow: /example/page/disallowed.gif", "/example/page/other.gif", true)]
    // Section 2.2.2: allow wins a tie, in either order.
    [InlineData("Allow: /page\nDisallow: /page", "/page", true)]
    [InlineData("Disallow: /page\nAllow: /page", "/page", true)]
    [InlineData("Allow: /p\nDisallow: /", "/page", true)]
    [InlineData("Allow: /folder\nDisallow: /folder", "/folder/page", true)]
    [InlineData("Allow: /page\nDisallow: /*.htm", "/page.htm", false)]
    [InlineData("Allow: /$\nDisallow: /", "/", true)]
    [InlineData("Allow: /$\nDisallow: /", "/page.htm", false)]
    // Section 2.2.3: special characters.
    [InlineData("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", false)]
    [InlineData("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-x.html", true)]
    [InlineData("Disallow: /path/foo-%24", "/path/foo-$", false)]
    [InlineData("Disallow: /a$b", "/a$b/c", false)]
    [InlineData("Disallow: /this/*/exactly", "/this/path/exactly", false)]
    [InlineData("Disallow: /this/*/exactly", "/this/or/any/exactly", false)]
    [InlineData("Disallow: /this/*/exactly", "/this/exactly", true)]
    [InlineData("Disallow: /*.php", "/index.php?x=1", false)]
    [InlineData("Disallow: /*.php$", "/index.php?x=1", true)]
    [InlineData("Disallow: /*.php$", "/index.php.php", false)]
    [InlineData("Disallow: /fish*", "/fishheads/yummy.html", false)]
    [InlineData("Disallow: /fish*", "/Fish", true)]
    [InlineData("Disallow: *", "/anything", false)]
    [InlineData("Disallow: /a***b", "/axxb", false)]
    [InlineData("Disallow: $", "/", true)]
    // Section 2.2.2: percent codes and UTF-8.
    [InlineData("Disallow: /foo/bar?baz=https://foo.bar", "/foo/bar?baz=https://foo.bar", false)]
    [InlineData("Disallow: /foo/bar/\u30c4", "/foo/bar/%E3%83%84", false)]
    [InlineData("Disallow: /foo/bar/%E3%83%84", "/foo/bar/\u30c4", false)]
    [InlineData("Disallow: /foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", false)]
    [InlineData("Disallow: /foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("Disallow: /foo%2Fbar", "/foo/bar", true)]
    [InlineData("Disallow: /100%", "/100%25", false)]
    // What is no rule binds nobody.
    [InlineData("Disallow:", "/", true)]
    [InlineData("Disallow: /a # comment", "/a", false)]
    [InlineData("Disallow /a", "/a", true)]
    [InlineData("Disallow: a", "/a", true)]
    [InlineData("dissallow: /a", "/a", false)]
    [InlineData("Disallow: /", "/robots.txt", true)]
    public void Rules_of_everyone_decide(string rules, string path, bool allowed) =>
        Allows("User-agent: *\n" + rules, path).ShouldBe(allowed);

    [Theory]
    [InlineData("user-agent: ingest.worker\ndisallow: /", false)]
    [InlineData("USER-AGENT : Ingest.Worker/2.0\nDISALLOW : /", false)]
    [InlineData("User-agent: Ingest.Worker the reader\nDisallow: /", false)]
    [InlineData("User-agent: Ingest.WorkerX\nDisallow: /", true)]
    [InlineData("User-agent: Ingest\nDisallow: /", true)]
    [InlineData("User-agent: **\nDisallow: /", true)]
    [InlineData("User-agent: * everyone\nDisallow: /", false)]
    [InlineData("Disallow: /", true)]
    [InlineData("\ufeffUser-agent: *\r\nDisallow: /", false)]
    [InlineData("User-agent: *\rDisallow: /", false)]
    // Section 2.2.1: groups of one robot are one group, wherever they stand.
    [InlineData("User-agent: Ingest.Worker\nAllow: /a\n\nUser-agent: x\nDisallow: /y\n\nUser-agent: Ingest.Worker\nDisallow: /", false)]
    // Lines of other kinds end no group.
    [InlineData("User-agent: *\nSitemap: https://example.org/s.xml\nDisallow: /", false)]
    [InlineData("User-agent: *\n\n\nDisallow: /", false)]
    [InlineData("User-agent: x\nCrawl-delay: 5\nUser-agent: *\nDisallow: /", false)]
    // A group that names us without rules lets us in.
    [InlineData("User-agent: Ingest.Worker\n\nUser-agent: *\nDisallow: /b", true)]
    [InlineData("User-agent: Ingest.Worker\nDisallow:\n\nUser-agent: *\nDisallow: /", true)]
    [InlineData("<html><body>Not found</body></html>", true)]
    [InlineData("", true)]
    public void Group_is_found_or_not(string robots, bool allowed) =>
        Allows(robots, "/page").ShouldBe(allowed);

    [Theory]
    [InlineData("User-agent: IngestWorker\nDisallow: /", false)]
    [InlineData("User-agent: ingestworker/0.3\nDisallow: /", false)]
    [InlineData("User-agent: IngestWorker.3\nDisallow: /", false)]
    [InlineData("User-agent: IngestWorker2\nDisallow: /", false)]
    [InlineData("User-agent: IngestWorkers\nDisallow: /", true)]
    [InlineData("User-agent: IngestWorker-News\nDisallow: /", true)]
    [InlineData("User-agent: Ingest.Worker\nDisallow: /", false)]
    [InlineData("User-agent: Ingest.Worker\nDisallow: /\n\nUser-agent: IngestWorker\nAllow: /x", false)]
    [InlineData("User-agent: Ingest.Worker\nAllow: /page\n\nUser-agent: *\nDisallow: /", true)]
    [InlineData("User-agent: Ingest\nDisallow: /", true)]
    public void Our_name_binds_us_and_so_does_the_one_we_had_before(string robots, bool allowed) =>
        RobotsRules.Read(Encoding.UTF8.GetBytes(robots), ProductToken.Of(
            "IngestWorker/0.3 (+https://example.org/)")).Allows(new Uri("https://example.org/page"))
            .ShouldBe(allowed);

    [Theory]
    [InlineData("IngestWorker/0.3", true)]
    [InlineData("My_News-Bot", true)]
    [InlineData("Bot/1.0-beta+3 (like Gecko) x/2", true)]
    [InlineData("Ingest.Worker/0.1", false)]
    [InlineData("Bot2/1.0", false)]
    [InlineData("Bot/", false)]
    [InlineData("/1.0", false)]
    [InlineData("", false)]
    [InlineData(" Bot", false)]
    [InlineData("Bot/1.0 caf\u00e9", false)]
    [InlineData("Bot/1.0\n", false)]
    public void A_name_is_one_that_robots_txt_can_name(string userAgent, bool valid) => ProductToken.Begins(userAgent).ShouldBe(valid);

    [Theory]
    [InlineData("User-agent: *\nCrawl-delay: 2.5", 2.5)]
    [InlineData("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Ingest.Worker\nCrawl-delay: 3\nDisallow: /x", 3.0)]
    [InlineData("User-agent: *\nCrawl-delay: -1", null)]
    [InlineData("User-agent: *\nCrawl-delay: NaN", null)]
    [InlineData("User-agent: *\nCrawl-delay: 1e9", null)]
    [InlineData("User-agent: *\nCrawl-delay: 99999999", null)]
    [InlineData("User-agent: x\nCrawl-delay: 10", null)]
    public void Crawl_delay_is_that_of_our_group(string robots, double? seconds) =>
        RobotsRules.Read(Encoding.UTF8.GetBytes(robots), "Ingest.Worker").CrawlDelay.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);

    [Fact]
    public void Any_bytes_are_a_robots_txt() =>
        Gen.Byte.Array[0, 300].Sample(bytes => { RobotsRules.Read(bytes, "Ingest.Worker").Allows(new Uri("https://example.org/a?b")); });

    [Fact]
    public void Matching_agrees_with_the_same_pattern_as_a_regular_expression() =>
        Gen.Select(Gen.Char["ab/*$"].Array[1, 12], Gen.Char["ab/"].Array[0, 14]).Sample((p, t) =>
        {
            var (pattern, path) = (RobotsPattern.NormalizePattern(p), "/" + new string(t));
            var anchored = pattern.EndsWith('$');
            var body = string.Join(".*", (anchored ? pattern[..^1] : pattern).Split('*').Select(Regex.Escape));
            RobotsPattern.Matches(pattern, path)
                .ShouldBe(Regex.IsMatch(path, "^" + body + (anchored ? "\\z" : ""), RegexOptions.Singleline, TimeSpan.FromSeconds(5)));
        });

    [Fact]
    public void Half_a_mebibyte_of_stars_is_judged_all_the_same()
    {
        var robots = "User-agent: *\n" + string.Concat(Enumerable.Repeat("Disallow: /*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b$\n", 10_000));

        Allows(robots, "/" + new string('a', 2000)).ShouldBeTrue();
    }

    private static bool Allows(string robots, string path, string product = "Ingest.Worker") =>
        RobotsRules.Read(Encoding.UTF8.GetBytes(robots), product).Allows(new Uri("https://example.org" + path));
}
