namespace Ingest.Feeds.Tests.Slips;

public class JsonSlipTests
{
    [Theory]
    [InlineData("{\"title\":\"One\",\"content_html\":\"<p>\nA\tB\r\n</p>\"},{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\",\"content_html\":\"It\\'s\"},{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\",\"content_html\":\"C:\\Users\\ \\x\"},{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\",\"content_html\":\"\\u12 \\uXYZW \\u0041\"},{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\",\"tags\":[\"a\",\"b\",],},{\"title\":\"Two\",},")]
    [InlineData("{\"title\":\"One\",,\"id\":\"1\"},,{\"title\":\"Two\"},,")]
    [InlineData(",{\"title\":\"One\"}{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\" \"id\":\"1\"},\n{\"title\":\"Two\",\"tags\":[\"a\" \"b\"]}")]
    [InlineData("{\"title\":\"One\",\"content_html\":\"a\u0001b\0c\u001f\"},{\"title\":\"Two\"}")]
    [InlineData("{\"title\":\"One\",\u00a0\"id\":\"1\"},{\"title\":\"Two\"}")]
    public void Slips_of_templates_are_mended(string items) =>
        Slip.Titles($"{{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"W\",\"items\":[{items}]}}").ShouldBe(["One", "Two"]);

    [Fact]
    public void What_was_meant_is_kept_and_told()
    {
        var feed = Slip.Read("{\"items\":[{\"title\":\"It\\'s\",\"content_html\":\"a\n\\\"b\\\" \\\\ \\n \\/ c\"}]}");
        feed.Entries.ShouldHaveSingleItem().Title.ShouldBe("It's");
        feed.Entries[0].Content.ShouldBe("a\n\"b\" \\ \n / c");
        feed.Repairs[1].ShouldBe("line breaks, escapes and commas mended");
    }

    [Theory]
    [InlineData("<![CDATA[It's]]>")]
    [InlineData("It\\x27s")]
    [InlineData("It\\'s")]
    public void A_title_is_what_was_meant(string title) => Slip.Titles($"{{\"items\":[{{\"title\":\"{title}\"}}]}}").ShouldBe(["It's"]);

    [Fact]
    public void Mended_and_cut_are_two_things() =>
        Slip.Titles("{\"items\":[{\"title\":\"One\",\"summary\":\"a\nb\"},{\"title\":\"Tw").ShouldBe(["One"]);
}
