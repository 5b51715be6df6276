using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests.Entries;

/// <summary>Which picture is the entry's, and what is said of pictures alone.</summary>
public class EntryImageTests
{
    [Theory]
    [InlineData("<img src='https://count.example/x.gif' width='1' height='1'><img src='https://a.example/1.jpg'>")]
    [InlineData("<img style='width: 1px; height: 1px' src='https://count.example/x.gif'><img src='https://a.example/1.jpg'>")]
    [InlineData("<img src='https://count.example/spacer.gif'/><img src='https://a.example/1.jpg'/>")]
    [InlineData("<img class='emoji' alt='🙂' src='https://cdn.example/1f642.svg'><img src='https://a.example/1.jpg'>")]
    [InlineData("<img alt='⭐️' src='https://cdn.example/2b50.png'><img src='https://a.example/1.jpg'>")]
    [InlineData("<img src='https://cdn.example/avatar/ab12?s=48'><img src='https://a.example/1.jpg'>")]
    [InlineData("<img src='data:image/gif;base64,AA' data-src='https://a.example/1.jpg'>")]
    [InlineData("<img src='/placeholder.png' data-lazy-src='https://a.example/1.jpg'>")]
    [InlineData("<img srcset='https://a.example/s.jpg 320w, https://a.example/1.jpg 640w'>")]
    [InlineData("<picture><source srcset='https://a.example/1.webp 1x'><img src='https://a.example/1.jpg'></picture>")]
    [InlineData("<IMG ALT=x SRC=https://a.example/1.jpg>")]
    [InlineData("<img alt='a > b'\n\tsrc = \"https://a.example/1.jpg\" />")]
    [InlineData("<img src='//a.example/1.jpg'>")]
    [InlineData("<img src='../1.jpg'>")]
    [InlineData("<!-- <img src='https://a.example/0.jpg'> --><img src='https://a.example/1.jpg'>")]
    public void The_first_real_picture_of_the_text_is_taken(string html) => Item(html: html).Image.ShouldBe("https://a.example/1.jpg");

    [Theory]
    [InlineData("<media:content url='https://i.example/a/9?width=140' width='140'><media:credit>Photo: Ada</media:credit></media:content>")]
    [InlineData("<media:content url='https://i.example/a/9?width=140' medium='image'><media:title>DSC_1.JPG</media:title></media:content>")]
    [InlineData("<media:content url='https://i.example/a/9?width=140' type='image/webp'><media:description>A hill</media:description></media:content>")]
    [InlineData(
        "<media:content url='https://i.example/a/9?width=140' medium='image'/><media:credit>Ada</media:credit>"
            + "<media:description>A hill</media:description>")]
    [InlineData("<media:content url='https://x.example/avatar/1?s=96' medium='image'><media:title>ada</media:title></media:content>"
        + "<media:content url='https://i.example/a/9?width=140' medium='image'/>")]
    [InlineData(
        "<media:group><media:content url='https://i.example/a/9?width=140' medium='image'><media:credit role='author'>Ada</media:credit>"
            + "</media:content></media:group>")]
    [InlineData("<media:thumbnail url='https://x.example/avatars/1.png'/><media:content url='https://i.example/a/9?width=140' type='image'/>")]
    [InlineData("<media:content url='https://i.example/a/9?width=140' medium='image'><media:thumbnail url='https://i.example/t.jpg'/></media:content>")]
    public void What_is_said_of_a_picture_is_not_said_of_the_entry(string media)
    {
        var entry = Item(media);
        entry.Image.ShouldBe("https://i.example/a/9?width=140");
        entry.Authors.ShouldBeEmpty();
        entry.Title.ShouldBeNull();
        entry.Summary.ShouldBeNull();
        entry.Enclosures.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_said_of_a_film_is_said_of_the_entry()
    {
        var entry = Item("<media:group><media:content url='https://v.example/1.mp4' type='video/mp4'/><media:title>Film</media:title>"
            + "<media:thumbnail url='https://v.example/1.jpg'/><media:description>About it.</media:description></media:group>");
        (entry.Title, entry.Summary, entry.Image).ShouldBe(("Film", "About it.", "https://v.example/1.jpg"));
    }

    private static FeedEntry Item(string inner = "", string? html = null)
    {
        var text = "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><link>https://a.example/</link>"
            + "<item><link>https://a.example/p/1</link>"
            + inner + (html is null ? "" : $"<description><![CDATA[{html}]]></description>") + "</item></channel></rss>";
        return FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://feeds.example/feed"), ReadingLimit.None)
            .ShouldBeOfType<FeedDocument>().Entries.ShouldHaveSingleItem();
    }
}
