using System.Text;
using System.Text.Json;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Entries;

/// <summary>Tags in titles and summaries, and words that look like tags.</summary>
public class EntryTitleTests
{
    [Theory]
    [InlineData("What <template> is for", "What <template> is for")]
    [InlineData("Styling <select> at last", "Styling <select> at last")]
    [InlineData("Is <hr/> dead?", "Is <hr/> dead?")]
    [InlineData("<br> or <wbr>", "<br> or <wbr>")]
    [InlineData("Why <input type=\"number\"> hurts", "Why <input type=\"number\"> hurts")]
    [InlineData("The <iframe> and the <video>", "The <iframe> and the <video>")]
    [InlineData("</p> may be left out", "</p> may be left out")]
    [InlineData("<!DOCTYPE html> explained", "<!DOCTYPE html> explained")]
    [InlineData("<b> against <strong>", "<b> against <strong>")]
    [InlineData("Salt &amp; pepper", "Salt & pepper")]
    [InlineData("It&#8217;s late", "It’s late")]
    [InlineData("A <i>loud</i> word", "A loud word")]
    public void Plain_titles_keep_their_words(string title, string expected)
    {
        HtmlText.Line(Atom($"<title>{Escape(title)}</title>").Title).ShouldBe(expected);
        HtmlText.Line(Json($"\"title\":{JsonSerializer.Serialize(title)}").Title).ShouldBe(expected);
    }

    [Theory]
    [InlineData("All of <table> in a page", "All of <table> in a page")]
    [InlineData("How <br> breaks", "How <br> breaks")]
    [InlineData("The <details> element, and <summary>", "The <details> element, and <summary>")]
    [InlineData("<p>Written as HTML</p>", "Written as HTML")]
    [InlineData("See <a href=\"https://a.example/\">there</a>", "See there")]
    [InlineData("One<br>two<br>three", "One two three")]
    [InlineData("<img src=\"/a.jpg\"> before the text", "before the text")]
    [InlineData("a < b", "a < b")]
    public void Plain_summaries_keep_their_words(string summary, string expected)
    {
        HtmlText.Line(Atom($"<summary>{Escape(summary)}</summary>").Summary).ShouldBe(expected);
        HtmlText.Line(Json($"\"summary\":{JsonSerializer.Serialize(summary)}").Summary).ShouldBe(expected);
    }

    [Theory]
    [InlineData("The <body> of the text", "The <body> of the text")]
    [InlineData("An <img> without source", "An <img> without source")]
    [InlineData("<template>", "<template>")]
    [InlineData("Use <input type='date'> today", "Use <input type='date'> today")]
    [InlineData("x<b || c>y", "x<b || c>y")]
    [InlineData("What the <a> tag does", "What the <a> tag does")]
    [InlineData("The end of </center>", "The end of </center>")]
    [InlineData("<?php or not", "<?php or not")]
    [InlineData("A <strong>bold</strong> step", "A bold step")]
    [InlineData("First<br/>second", "First second")]
    [InlineData("<p>Whole title</p>", "Whole title")]
    [InlineData("Cut in <em>mid", "Cut in mid")]
    [InlineData("<img src='/i.png' alt='new'> Offer", "Offer")]
    [InlineData("H<sub>2</sub>O", "H2O")]
    [InlineData("<p x;Never closed</p", "<p x;Never closed</p")]
    [InlineData("<p x;Never closed</p y", "<p x;Never closed</p y")]
    [InlineData("Twice <em a</em b</em c", "Twice <em a</em b</em c")]
    public void Titles_of_rss_keep_tags_that_do_nothing(string title, string expected) =>
        HtmlText.Line(Read($"<rss version='2.0'><channel><item><title>{Escape(title)}</title></item></channel></rss>").Title).ShouldBe(expected);

    [Fact]
    public void A_stated_type_is_believed() => HtmlText.Line(Atom("<title type='html'>The &lt;b&gt;end</title>").Title).ShouldBe("The end");

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static FeedEntry Atom(string inner) => Read($"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>");

    private static FeedEntry Json(string inner) => Read($"{{\"items\":[{{\"id\":\"1\",{inner}}}]}}");

    private static FeedEntry Read(string text) => FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://feeds.example/feed"), ReadingLimit.None)
        .ShouldBeOfType<FeedDocument>().Entries.ShouldHaveSingleItem();
}
