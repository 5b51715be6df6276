using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class TitlesAndAddressesTests
{
    [Theory]
    [InlineData("Weather: why the springs get drier", "weatherpost.example", "Weather Post Daily")]
    [InlineData("Music: five songs for a long road", "www.musicwire.example", "The Music Wire")]
    [InlineData("Harbour - a life at the quay", "harbourdesk.example", "Harbour Desk")]
    [InlineData("Five reasons to cycle: Mountain", "mountainbrief.example", "MountainBrief")]
    [InlineData("Garden | what to sow in May", "gardentimes.example", "Garden Times")]
    public void A_word_that_the_host_has_too_stays_in_the_title(string title, string host, string site) =>
        Read(title, title, $"{title} | {site}", site, $"https://{host}/a").Title?.Text.ShouldBe(title);

    [Theory]
    [InlineData("Tarn Gazette: The mill grinds again", "Tarn Gazette")]
    [InlineData("The mill grinds again - Tarn Gazette", "Tarn Gazette")]
    [InlineData("The mill grinds again | Tarn Gazette", "Tarn Gazette")]
    [InlineData("Tarngazette: The mill grinds again", null)]
    [InlineData("The Tarn Gazette – The mill grinds again", "Tarn Gazette")]
    public void The_sites_own_name_goes(string title, string? site) =>
        Read(title, title, title, site, "https://www.tarngazette.example/a").Title?.Text.ShouldBe("The mill grinds again");

    [Theory]
    [InlineData("渡轮星期一停航_港口频道", "渡轮星期一停航")]
    [InlineData("渡轮星期一停航_新闻_港口网", "渡轮星期一停航")]
    [InlineData("渡轮星期一停航－示例网", "渡轮星期一停航")]
    [InlineData("渡轮星期一停航-星期二复航", "渡轮星期一停航-星期二复航")]
    [InlineData("渡轮_星期一停航", "渡轮_星期一停航")]
    public void What_an_underscore_joins_to_a_Chinese_title_is_a_section_or_site(string document, string title)
    {
        var html = $"<!doctype html><html lang=zh><head><title>{document}</title></head><body><p>港口。</p></body></html>";
        PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", new Uri("https://tarn.example/a"), ReadingLimit.None).Title?.Text.ShouldBe(title);
    }

    [Theory]
    [InlineData("<span>Drought</span> The mill grinds again", "Drought - The mill grinds again")]
    [InlineData("<div class=x1>New year</div> The mill grinds again", "New year: The mill grinds again")]
    [InlineData("<em>Thaw</em><br>The mill grinds again", "Thaw | The mill grinds again")]
    [InlineData("<i>Flood</i> The mill grinds again", "Flood – The mill grinds again")]
    [InlineData("<span>The mill grinds again</span><span class=aural>: </span><small>Flood</small>", "The mill grinds again - Flood")]
    [InlineData("<span>The mill grinds again</span> <span class=c-topline>Date: 5.3.2024</span>", "The mill grinds again")]
    [InlineData("<span>The mill.</span> <span>The long way back home</span>", "The mill. - The long way back home", "The mill. The long way back home")]
    [InlineData("<span>The mill grinds</span> Why it took so long", "The mill grinds - Why it took so long", "The mill grinds Why it took so long")]
    [InlineData("<b>Dry</b> spring: The mill grinds again", "Dry spring: The mill grinds again", "Dry spring: The mill grinds again")]
    [InlineData("<em>Dune</em> The second film of the year", "Dune The second film of the year", "Dune The second film of the year")]
    [InlineData("<span>Dry spring:</span> The mill grinds again", "Dry spring: The mill grinds again", "Dry spring: The mill grinds again")]
    public void A_line_of_its_own_above_the_title_is_a_kicker(string heading, string ogTitle, string title = "The mill grinds again") =>
        Read(heading, ogTitle, ogTitle, null, "https://tarn.example/a").Title?.Text.ShouldBe(title);

    [Theory]
    [InlineData("publisher")]
    [InlineData("sourceOrganization")]
    public void A_headline_is_no_name_of_the_site(string property) =>
        Read("The mill grinds again", "The mill grinds again | Gazette", "The mill grinds again | Gazette", "Gazette", "https://tarn.example/a", $$"""
            <script type="application/ld+json">{"@type":"Article","headline":"The mill grinds again",
            "{{property}}":{"@type":"Organization","name":"The mill grinds again"} }</script>
            """).Title?.Text.ShouldBe("The mill grinds again");

    [Theory]
    [InlineData("https://tarn.example/news/", "https://tarn.example/news/38853-the-mill", null)]
    [InlineData("https://tarn.example/news", "https://tarn.example/2024/mill-4711.html", null)]
    [InlineData("https://tarn.example/politics/local/", "https://tarn.example/politics/local/the-mill-grinds", null)]
    [InlineData("https://tarn.example/", "https://tarn.example/the-mill-grinds", null)]
    [InlineData("https://tarn.example/blog", "https://tarn.example/blog/2024/03/05", null)]
    [InlineData("https://tarn.example/the-mill-grinds", "https://tarn.example/amp/the-mill-grinds", "https://tarn.example/the-mill-grinds")]
    [InlineData("https://tarn.example/news/mill.html", "https://tarn.example/news/mill-1.html", "https://tarn.example/news/mill.html")]
    [InlineData("https://tarn.example/mill", "https://tarn.example/?p=17", "https://tarn.example/mill")]
    [InlineData("https://tarn.example/story/4711", "https://tarn.example/story/4711/the-mill", "https://tarn.example/story/4711")]
    public void A_section_is_not_the_address_of_its_article(string canonical, string url, string? read) =>
        Read("The mill grinds again", "", "The mill grinds again", null, url, $"<link rel=canonical href='{canonical}'>").CanonicalUrl.ShouldBe(read);

    [Fact]
    public void An_article_that_calls_itself_by_a_plain_word_is_believed() =>
        Read("The mill", "", "The mill", null, "https://tarn.example/old/the-mill-4711", """
            <link rel=canonical href="https://tarn.example/mill"><script type="application/ld+json">{"@type":"Article","headline":"The mill",
            "url":"https://tarn.example/mill"}</script>
            """).CanonicalUrl.ShouldBe("https://tarn.example/mill");

    [Theory]
    [InlineData("The wheel turns again. Continue reading The mill grinds again", "The wheel turns again.")]
    [InlineData("The wheel turns again. Read more »", "The wheel turns again.")]
    [InlineData("The wheel turns again. Weiterlesen →", "The wheel turns again.")]
    [InlineData("The wheel turns … Lire la suite", "The wheel turns …")]
    [InlineData("The wheel turns and [&hellip;]", "The wheel turns and …")]
    [InlineData("All the news of the valley", null)]
    [InlineData("The wheel turns again.", "The wheel turns again.")]
    public void Slogans_and_calls_to_read_on_describe_no_article(string stated, string? read) =>
        Read("The mill grinds again", "", "The mill grinds again", null, "https://tarn.example/a", $$"""
            <meta name=description content="{{stated}}">
            <script type="application/ld+json">{"@type":"WebSite","name":"Tarn Gazette","description":"All the news of the valley"}</script>
            """).Description?.Text.ShouldBe(read);

    private static ArticlePage Read(string heading, string ogTitle, string documentTitle, string? site, string url, string head = "")
    {
        var metas = (ogTitle.Length > 0 ? $"<meta property='og:title' content='{ogTitle}'>" : "")
            + (site is null ? "" : $"<meta property='og:site_name' content='{site}'>");
        var html = $"<!doctype html><html lang=en><head><title>{documentTitle}</title>{metas}{head}</head><body><article><h1>{heading}</h1>"
            + "<p>The mill at Tarn Bridge grinds again, and on Monday the first flour went to the bakers of the valley.</p></article></body></html>";
        return PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", new Uri(url), ReadingLimit.None);
    }
}
