using Ingest.Text.Html;

namespace Ingest.Feeds.Tests.Slips;

public class TextSlipTests
{
    [Theory]
    [InlineData("Tide &#55357;&#56842; in", "Tide 😊 in")]
    [InlineData("Tide &#xD83D;&#xDE0A;", "Tide 😊")]
    [InlineData("&#xd83d;&#56842;!", "😊!")]
    [InlineData("&#55357;&#xDE0A;&#55357;&#56842;", "😊😊")]
    [InlineData("<![CDATA[Tide &#55357;&#56842;]]>", "Tide 😊")]
    [InlineData("Tide &amp;#55357;&amp;#56842; in", "Tide 😊 in")]
    [InlineData("&amp;#xD83D;&amp;#xDE0A; &lt;b&gt;&amp;#55357;&amp;#56842;&lt;/b&gt;", "😊 😊")]
    [InlineData("Half &#55357;", "Half")]
    [InlineData("Other half &#56842; first &#55357;", "Other half first")]
    [InlineData("Apart &#55357; &#56842;", "Apart")]
    public void Halves_of_a_character_are_joined(string written, string title) => TitleOf(written).ShouldBe(title);

    [Theory]
    [InlineData("&lt;![CDATA[High tide]]&gt;", "High tide")]
    [InlineData(" &lt;![CDATA[ High tide ]]&gt; ", "High tide")]
    [InlineData("<![CDATA[<![CDATA[High tide]]]]><![CDATA[>]]>", "High tide")]
    [InlineData("&amp;lt;![CDATA[High tide]]&amp;gt;", "High tide")]
    [InlineData("&lt;![CDATA[High]]&gt; &lt;![CDATA[tide]]&gt;", "High tide")]
    [InlineData("&lt;![CDATA[High tide", "High tide")]
    [InlineData("&lt;![cdata[High &amp; tide]]&gt;", "High & tide")]
    [InlineData("&lt;![CDATA[High]]&gt; tide", "High tide")]
    [InlineData("&lt;![CDATA[&lt;![CDATA[High tide]]&gt;]]&gt;", "High tide")]
    [InlineData("&lt;![CDATA[&lt;i&gt;High&lt;/i&gt; tide]]&gt;", "High tide")]
    [InlineData("Tides: &lt;![CDATA[high &lt;i&gt;and&lt;/i&gt; low]]&gt;, today", "Tides: high and low, today")]
    [InlineData("x[y[0]]&gt;z", "x[y[0]]>z")]
    public void Escaped_marks_of_CDATA_are_no_text(string written, string title) => TitleOf(written).ShouldBe(title);

    [Fact]
    public void They_are_gone_from_every_field_and_told()
    {
        static string Wrap(string text) => $"&lt;![CDATA[{text}]]&gt;";
        var feed = Slip.Read(
            $"<rss><channel><title>{Wrap("Weir")}</title><item><link>{Wrap("https://weir.example/1")}</link><guid>{Wrap("g1")}</guid>"
                + $"<pubDate>{Wrap("Sat, 04 May 2024 10:00:00 GMT")}</pubDate><category>{Wrap("water")}</category>"
                + $"<description>{Wrap("&lt;p&gt;One&lt;/p&gt;")}</description></item></channel></rss>");
        feed.Title.ShouldBe("Weir");
        feed.Repairs.ShouldBe(["escaped CDATA marks left out"]);
        feed.Entries.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            static entry => entry.Link.ShouldBe("https://weir.example/1"),
            static entry => entry.Id.ShouldBe("g1"),
            static entry => entry.Published.ShouldNotBeNull(),
            static entry => entry.Categories.ShouldHaveSingleItem().Term.ShouldBe("water"),
            static entry => entry.Summary.ShouldBe("<p>One</p>"));
    }

    [Fact]
    public void A_title_about_CDATA_keeps_it() =>
        Slip.Titles("<rss><channel><item><title>&lt;![CDATA[ ]]&gt; explained</title></item></channel></rss>").ShouldBe(["<![CDATA[ ]]> explained"]);

    private static string TitleOf(string written) =>
        HtmlText.Line(Slip.Read($"<rss><channel><item><title>{written}</title></item></channel></rss>").Entries.ShouldHaveSingleItem().Title);
}
