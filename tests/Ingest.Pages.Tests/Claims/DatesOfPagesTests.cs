using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Pages.Tests.Claims;

public sealed class DatesOfPagesTests
{
    private const string Prose = "<p>The mill at Tarn Bridge grinds again, and on Monday the first flour went to the bakers of the valley.</p>"
        + "<p>Its wheel had stood still since the flood, when the weir broke and the miller moved into the town.</p>";

    [Theory]
    [InlineData("<abbr class='published' title='2024-03-05T10:30:00Z'>10:30</abbr>")]
    [InlineData("<div class='date-box'><abbr class='updated published' title='2024-03-05'>this spring</abbr></div>")]
    [InlineData("<span class='timeago' title='2024-03-05T10:30:00+01:00'>long ago</span>")]
    [InlineData("<relative-time datetime='2024-03-05T10:30:00Z'>Mar 5</relative-time>")]
    [InlineData("<local-time datetime='2024-03-05T10:30:00Z'>Tuesday</local-time>")]
    [InlineData("<span class='post-date' data-timestamp='1709634600'>Tuesday</span>")]
    [InlineData("<time data-datetime='2024-03-05 10:30'>a while ago</time>")]
    public void An_element_may_state_its_moment_in_an_attribute(string element) =>
        Day($"<h1>The mill grinds again</h1>{element}{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("令和6年3月5日")]
    [InlineData("令和６年３月５日")]
    [InlineData("令和六年三月五日")]
    [InlineData("二〇二四年三月五日")]
    [InlineData("中華民國113年3月5日")]
    [InlineData("民國 113 年 3 月 5 日")]
    [InlineData("5 มี.ค. 67")]
    [InlineData("5 มีนาคม ๒๕๖๗")]
    [InlineData("ngày 5 tháng 3 năm 2024")]
    [InlineData("5. ožujka 2024.")]
    [InlineData("5 Mar 24")]
    public void Days_are_read_in_the_ways_of_many_countries(string text) =>
        Day($"<h1>The mill grinds again</h1><p class=date>{text}</p>{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("令和元年5月4日", "2019-05-04")]
    [InlineData("平成31年4月30日", "2019-04-30")]
    [InlineData("平成三十年四月二日", "2018-04-02")]
    public void The_first_year_of_an_era_has_a_name(string text, string day) =>
        Day($"<h1>The mill grinds again</h1><p class=date>{text}</p>{Prose}").ShouldBe(day);

    [Theory]
    [InlineData("zh-TW", "https://mill.example/a", "2025-03-15")]
    [InlineData("zh", "https://mill.example.tw/a", "2025-03-15")]
    [InlineData("zh-CN", "https://mill.example/a", null)]
    [InlineData("en", "https://mill.example/a", null)]
    public void Bare_years_of_the_republic_are_read_in_Taiwan_only(string language, string url, string? day) =>
        Day($"<h1>磨坊又開始運轉</h1><p class=date>114-03-15</p><p>河邊的磨坊又開始磨麵粉了。</p>", url: url, language: language).ShouldBe(day);

    [Theory]
    [InlineData("Updated: 9 March 2024 | Published: 5 March 2024")]
    [InlineData("更新日：2024年3月9日　掲載日：2024年3月5日")]
    [InlineData("修改时间：2024-03-09 发布时间：2024-03-05")]
    [InlineData("Mis à jour le 9 mars 2024, publié le 5 mars 2024")]
    [InlineData("Zuletzt aktualisiert: 09.03.2024 – Veröffentlicht: 05.03.2024")]
    [InlineData("9 March 2024 (updated), 5 March 2024 (published)")]
    public void Of_two_days_in_a_line_the_words_tell_which_is_the_publication(string line) =>
        Day($"<h1>The mill grinds again</h1><p>{line}</p>{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("<span>Updated</span> <span>9 March 2024</span> <span>Published</span> <span>5 March 2024</span>")]
    [InlineData("<dl><dt>Last changed</dt><dd>9 March 2024</dd><dt>Posted</dt><dd>5 March 2024</dd></dl>")]
    [InlineData("<b>Modifié le</b> <time datetime='2024-03-09'>9 mars</time> <b>Publié le</b> <time datetime='2024-03-05'>5 mars</time>")]
    [InlineData("<b>最終更新日</b><span>2024年3月9日</span><b>公開日</b><span>2024年3月5日</span>")]
    [InlineData("<strong>Stand:</strong> 09.03.2024 <strong>Erstellt am</strong> 05.03.2024")]
    public void A_word_in_the_element_before_says_what_a_day_is(string lines) =>
        Day($"<h1>The mill grinds again</h1><div>{lines}</div>{Prose}").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("<section><a href='/b'><h3>Salt from the hills</h3><time datetime='2023-01-07'>Jan 7, 2023</time></a></section>")]
    [InlineData("<ul><li><a href='/b'>Salt from the hills sells well abroad</a> <span class=date>7 January 2023</span></li></ul>")]
    [InlineData("<div><h3><a href='/b'>Salt from the hills sells well abroad</a></h3><time datetime='2023-01-07'></time></div>")]
    [InlineData("<div><p class=date>7 January 2023</p><a href='/b'>Salt from the hills sells well abroad</a></div>")]
    [InlineData("<a href='/b'><span>Salt from the hills</span><span class=date>Published 7 January 2023</span></a>")]
    [InlineData("<a href='/b'><div><div><h4>Salt</h4></div></div><time datetime='2023-01-07'></time></a>")]
    public void The_day_of_another_article_is_not_that_of_this_one(string card)
    {
        Day($"<main><h1>The mill grinds again</h1>{Prose}{card}</main>").ShouldBeNull();
        Day($"<main><p>May 22, 2024</p><h1>The mill grinds again</h1>{Prose}{card}</main>").ShouldBe("2024-05-22");
    }

    [Theory]
    [InlineData("<h1><a href='/a'>The mill grinds again after long years</a></h1><p class=date>5 March 2024</p>")]
    [InlineData("<h1>The mill grinds again</h1><p>5 March 2024 <a href='/tag/mill'>mill</a></p>")]
    [InlineData("<h1>The mill grinds again</h1><a href='/a' rel=bookmark><time datetime='2024-03-05'>March 5, 2024</time></a>")]
    [InlineData("<h1>The mill grinds again</h1><ul><li>5 March 2024</li><li><a href='/s'>News from the valley and the hills</a></li></ul>")]
    [InlineData("<h1>The mill grinds again</h1><p>5 March 2024 | <a href='/a#respond'>Leave a comment on The mill grinds again</a></p>")]
    public void A_day_beside_a_link_may_be_the_own_one(string head) => Day(head + Prose).ShouldBe("2024-03-05");

    [Theory]
    [InlineData("/history/remembering-1999-10-16-storm-night", "2024-03-05")]
    [InlineData("/events/concert-2026-06-24-tickets", "2024-03-05")]
    [InlineData("/agenda/2026/06/24/preview", "2024-03-05")]
    [InlineData("/docs/changes-version-2023-07-15", "2024-03-05")]
    [InlineData("/item/20150608/", "2024-03-05")]
    [InlineData("/2024/03/04/mill", "2024-03-04")]
    public void A_day_in_the_url_says_less_than_a_structured_one(string path, string day) =>
        Day($"<h1>The mill grinds again</h1>{Prose}", JsonLd("2024-03-05T10:30:00+01:00"), "https://mill.example" + path).ShouldBe(day);

    [Theory]
    [InlineData("9 March 2024", "2024-03-05")]
    [InlineData("12 June 2024", "2024-03-05")]
    [InlineData("6 March 2024", "2024-03-05")]
    [InlineData("1 February 2024", "2024-02-01")]
    public void A_later_day_that_is_seen_does_not_beat_a_structured_one(string seen, string day) =>
        Day($"<article><h1>The mill grinds again</h1><p class=date>{seen}</p>{Prose}</article>", JsonLd("2024-03-05T10:30:00+01:00")).ShouldBe(day);

    [Theory]
    [InlineData("en", "https://mill.example/a", "", "2024-04-03")]
    [InlineData("en-GB", "https://mill.example/a", "", "2024-03-04")]
    [InlineData("en", "https://mill.example.fr/a", "", "2024-03-04")]
    [InlineData("en", "https://mill.example/a", "<p>Reopened on 25/12/2023.</p>", "2024-03-04")]
    [InlineData("de", "https://mill.example/a", "<p>Reopened on 12/25/2023.</p>", "2024-04-03")]
    public void What_else_the_page_shows_decides_between_day_and_month(string language, string url, string more, string day) =>
        Day($"<article><h1>The mill grinds again</h1><p class=date>04/03/2024</p>{Prose}{more}</article>", url: url, language: language).ShouldBe(day);

    [Theory]
    [InlineData("var publishDate = \"2024-03-05\";")]
    [InlineData("var ct = \"1\"; var createTime = '2024-03-05 18:00';")]
    [InlineData("window.page = { pubDate: '2024-03-05T10:00:00Z' };")]
    [InlineData("page.publish_time = 1709634600;")]
    [InlineData("{\"article\":{\"publishedAt\":\"2024-03-05T10:00:00Z\"}}")]
    public void The_last_resort_is_what_a_script_says(string script) =>
        Day($"<h1>The mill grinds again</h1>{Prose}<script>{script}</script>").ShouldBe("2024-03-05");

    [Fact]
    public void The_days_of_a_table_are_no_publications()
    {
        var rows = string.Concat(Enumerable.Range(1, 8).Select(static month => $"<tr><td>{month}/1/2013</td><td>+13.1 %</td></tr>"));
        Day($"<article><h1>The mill grinds again</h1><table>{rows}</table>{Prose}</article>").ShouldBeNull();
    }

    [Theory]
    [InlineData("<div class=teaser><a href='/a'><div class=when>05.03.2024</div><h2>The mill grinds again</h2></a></div>")]
    [InlineData("<ul><li><a href='https://mill.example/a'>The mill grinds again</a> <span>5 March 2024</span></li></ul>")]
    [InlineData("<aside><ul><li><span>5 March 2024</span> <a href='/a/'>The mill grinds again</a></li></ul></aside>")]
    [InlineData("<div class=related><div><a href='/a'>The mill grinds again</a></div><time datetime=2024-03-05>Tuesday</time></div>")]
    [InlineData("<div class=card><a href='https://www.mill.example/a'><p>The mill grinds again</p><p>5 March 2024</p></a></div>")]
    public void The_entry_of_the_page_itself_in_a_list_has_its_date(string entry)
    {
        const string Other = "<div class=teaser><a href='/b'><div class=when>07.03.2024</div><h2>The baker of the valley retires</h2></a></div>";
        const string Own = "<link rel=canonical href='https://mill.example/a'>";
        Day($"<article><h1>The mill grinds again</h1>{Prose}</article>{Other}{entry}{Other}", Own).ShouldBe("2024-03-05");
        Day($"<article><h1>The mill grinds again</h1>{Prose}</article>{Other}{entry}{Other}", Own + JsonLd("2024-02-01T10:00:00Z")).ShouldBe("2024-02-01");
        Day($"<article><h1>The mill grinds again</h1>{Prose}</article>{Another(entry)}", Own).ShouldBeNull();
    }

    private static string Another(string entry) =>
        entry.Replace("/a", "/c", StringComparison.Ordinal).Replace("The mill grinds again", "The carpenter of the valley retires", StringComparison.Ordinal);

    [Theory]
    [InlineData("5.3.2024 - ")]
    [InlineData("HAMBURG, 5 March 2024 – ")]
    [InlineData("05.03.2024 „")]
    [InlineData("Bergen, (05.03.2024). ")]
    [InlineData("BERGEN, March 5, 2024 — ")]
    [InlineData("2024-03-05 | ")]
    public void A_long_paragraph_may_begin_with_its_dateline(string line) =>
        Day($"<h1>The mill grinds again</h1><p>{line}{LongText}</p>").ShouldBe("2024-03-05");

    [Theory]
    [InlineData("On 5 March 2024 the weir broke. ")]
    [InlineData("Since 5 March 2024 – the day of the flood – it stood. ")]
    [InlineData("The flood of 5.3.2024: ")]
    public void A_sentence_with_a_day_is_no_dateline(string line) => Day($"<h1>The mill grinds again</h1><p>{line}{LongText}</p>").ShouldBeNull();

    [Theory]
    [InlineData("Minutes of the meeting of 5 March 2024")]
    [InlineData("The flood of 05.03.2024 and its end")]
    [InlineData("Snow report for March 5, 2024")]
    [InlineData("Protokoll der Sitzung vom 5. März 2024")]
    [InlineData("Compte rendu du 5 mars 2024")]
    public void A_day_in_the_title_does_not_correct_what_is_stated(string title) =>
        Day($"<article class=date><h1 class=date>{title}</h1>{Prose}</article>", JsonLd("2024-03-19T10:00:00Z")).ShouldBe("2024-03-19");

    private const string LongText = "The mill at Tarn Bridge grinds again, and on Monday the first flour went to the bakers of the valley. "
        + "Its wheel had stood still since the flood, when the weir broke and the miller moved into the town. "
        + "The bakers had bought their flour from beyond the pass since then.";

    private static string JsonLd(string moment) =>
        $$"""<script type="application/ld+json">{"@type":"NewsArticle","headline":"The mill grinds again","datePublished":"{{moment}}"}</script>""";

    private static string? Day(string body, string head = "", string url = "https://mill.example/a", string language = "en")
    {
        var html = $"<!doctype html><html lang={language}><head><title>The mill grinds again</title>{head}</head><body>{body}</body></html>";
        return PageReader.Read(Encoding.UTF8.GetBytes(html), "utf-8", new Uri(url), ReadingLimit.None).Published?.Date.Day.ToString("yyyy-MM-dd", null);
    }
}
