using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class DatePlacesTests
{
    private const string Prose = "<p>The mill at Tarn Bridge grinds again, and on Monday the first flour went to the bakers of the valley.</p>"
        + "<p>Its wheel had stood still since the flood, when the weir broke and the miller moved into the town.</p>";

    [Theory]
    [InlineData("<p>5.<a href='/2024/03/'>March 2024</a> at 09:43</p>")]
    [InlineData("<p><b>05</b> <i>Mar</i> <u>2024</u></p>")]
    [InlineData("<p><b>Mar</b><b>05</b><b>2024</b></p>")]
    [InlineData("<p><span>5.</span> <span>März</span> <span>2024</span></p>")]
    [InlineData("<p><span>March</span> <span>5,</span> <span>2024</span></p>")]
    [InlineData("<div>5<br><b>marzo 2024</b></div>")]
    public void A_day_may_stand_in_pieces(string line) => Day($"<h1>The mill grinds again</h1>{line}{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("<p><b>31</b> <b>2024</b></p>")]
    [InlineData("<p><b>5</b> comments <b>March 2024</b></p>")]
    [InlineData("<p>Page <b>3</b></p><ul><li>Archive</li><li>Links</li><li>March 2024</li></ul>")]
    [InlineData("<p><b>45</b> <b>March 2024</b></p>")]
    [InlineData("<p><b>5</b> <b>March</b> <b>1871</b></p>")]
    [InlineData("<p><b>5</b> <b>Stones</b> <b>2024</b></p>")]
    [InlineData("<p><b>5</b> <b>M\uFFFE\uFFFFrz</b> <b>2024</b></p>")]
    [InlineData("<p><b>5</b> <b>\U0001D4C2ars\uFDD0</b> <b>2024</b></p>")]
    [InlineData("<p>\uFFFE\uFFFF\uFDD0</p>")]
    public void Numbers_that_happen_to_stand_side_by_side_are_no_day(string line) => Day($"<h1>The mill grinds again</h1>{line}{Prose}").ShouldBeNull();

    [Theory]
    [InlineData("showDate(\"2024/03/05 01:43:09 01:43:09\")")]
    [InlineData("document.write('5 March 2024');")]
    [InlineData(" printDay( '05.03.2024' ) ")]
    [InlineData("site.date.show(\"March 5, 2024\");")]
    [InlineData("format_date('2024-03-05T10:30:00Z')")]
    public void A_script_may_write_the_day_where_it_stands(string script) =>
        Day($"<h1>The mill grinds again</h1><p><script>{script}</script></p>{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("showDate(\"2024/03/05\", 7)")]
    [InlineData("var day = '5 March 2024';")]
    [InlineData("if (old) show('5 March 2024')")]
    [InlineData("show('<b>5 March 2024</b>')")]
    [InlineData("load('v2024')")]
    public void A_script_that_does_more_writes_nothing(string script) =>
        Day($"<h1>The mill grinds again</h1><p><script>{script}</script></p>{Prose}").ShouldBeNull();

    [Theory]
    [InlineData("25 | 03 | 2024", "2024-03-25")]
    [InlineData("25 · 3 · 2024", "2024-03-25")]
    [InlineData("(Tarn Bridge, 5 March 24)", "2024-03-05")]
    [InlineData("( Pescasseroli, 5 Marzo 24 )", "2024-03-05")]
    [InlineData("5 تير 1403", "2024-06-25")]
    [InlineData("1 | 2 | 3", null)]
    [InlineData("25 | 3 | 24", null)]
    [InlineData("32 | 3 | 2024", null)]
    [InlineData("(The shop opens on 5 March 20 times)", null)]
    [InlineData("Tarn Bridge, 5 March 20.30", null)]
    public void Days_are_written_in_still_more_ways(string text, string? day) =>
        Day($"<h1>The mill grinds again</h1><p>{text}</p>{Prose}").ShouldBe(day);

    [Theory]
    [InlineData("<p class='meta updated'>5 March 2024</p><p>Filter: none - Date: 31/01/2024</p>")]
    [InlineData("<p><span class='entry-date updated'>5 March 2024</span></p><p>Taken on 31 January 2024</p>")]
    [InlineData("<div class=updated>5 March 2024</div><p class=date>31 January 2024</p>")]
    public void A_theme_that_names_each_day_an_update_still_bears_it_out(string lines) =>
        Day($"<h1>The mill grinds again</h1>{lines}{Prose}", JsonLd).ShouldBe("2024-03-05");

    [Theory]
    [InlineData("<p>Updated 5 March 2024</p><p class=date>31 January 2024</p>")]
    [InlineData("<p class=updated>5 March 2024</p><p class=date>Published 31 January 2024</p>")]
    public void What_words_call_an_update_does_not(string lines) =>
        Day($"<article><h1>The mill grinds again</h1>{lines}{Prose}</article>", JsonLd).ShouldBe("2024-01-31");

    [Theory]
    [InlineData("<figure><p><time datetime='2024-02-27'>27.02.24</time></p></figure><p><time datetime='2024-03-05'>Published on 05.03.24</time></p>")]
    [InlineData("<p class=date>27.02.2024</p><p><time datetime='2024-03-05'>Veröffentlicht am 05.03.2024</time></p>")]
    [InlineData("<p class=date>27.02.2024</p><p class=date>Posted: 05.03.2024</p>")]
    public void Of_two_days_below_the_title_the_one_that_is_called_the_publication_counts(string lines) =>
        Day($"<article><h1>The mill grinds again</h1>{lines}{Prose}</article>", JsonLd).ShouldBe("2024-03-05");

    [Fact]
    public void A_lead_right_below_the_title_may_be_called_a_teaser()
    {
        const string Lead = "<div class=teaser-text><p>Press release of 5 March 2024 | Tarn Bridge<b> </b>– The mill grinds again.</p></div>";
        Day($"<h1>The mill grinds again</h1>{Lead}{Prose}").ShouldBe("2024-03-05");
        Day($"<h1>The mill grinds again</h1>{Prose}{Prose}{Prose}{Lead}").ShouldBeNull();
    }

    [Fact]
    public void The_moment_that_a_theme_hides_is_not_seen() =>
        Day($"<h1>The mill grinds again</h1><p><b class='updated rich-snippet-hidden'>2024-06-01T10:10:52+01:00</b><span>March 5th, 2024</span></p>{Prose}")
            .ShouldBe("2024-03-05");

    [Theory]
    [InlineData("<h1>Original text</h1>", "The mill grinds again")]
    [InlineData("<div id=translate><h1 class=title>Rate this translation</h1></div>", "The mill grinds again")]
    [InlineData("<h1>Flour from the valley</h1>" + Prose, "Flour from the valley")]
    public void A_heading_with_no_text_behind_it_is_not_the_title(string tail, string title) =>
        Read($"{Prose}{tail}", "").Title?.Text.ShouldBe(title);

    private const string JsonLd =
        """<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill grinds again","datePublished":"2024-03-05T10:30:00Z"}</script>""";

    private static string? Day(string body, string head = "") => Read(body, head).Published?.Date.Day.ToString("yyyy-MM-dd", null);

    private static ArticlePage Read(string body, string head)
    {
        var html = $"<!doctype html><html lang=en><head><title>The mill grinds again</title>{head}</head><body>{body}</body></html>";
        return PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", new Uri("https://mill.example/a"), ReadingLimit.None);
    }
}
