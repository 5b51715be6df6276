using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

/// <summary>The processor time of a feed is bounded by its length, and by a limit.</summary>
public sealed class CostlyFeedTests
{
    private const string Head = "<rss version='2.0' xmlns:at='http://purl.org/atompub/tombstones/1.0'><channel><title>t</title>";
    private const string Tail = "</channel></rss>";
    private const int Many = 20_000;

    [Theory]
    [InlineData("x<![CDATA[x]]>", 2)]
    [InlineData("<![CDATA[xy]]>", 2)]
    [InlineData("x<!--yyyyyy-->", 1)]
    [InlineData("x<?yyyy zzzz?>", 1)]
    [InlineData("x&amp;<![CDATA[&]]><!---->", 3)]
    public void Text_in_pieces_is_read_whole(string piece, int characters)
    {
        var pieces = CostlyDocuments.Of(piece);
        var document = Read($"{Head}<item><link>http://a.example/1</link><description>{pieces}</description></item>{Tail}").ShouldBeOfType<FeedDocument>();
        document.Entries.ShouldHaveSingleItem().Summary!.Length.ShouldBe(pieces.Length / piece.Length * characters);
        document.Repairs.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<item>")]
    [InlineData("<x>")]
    [InlineData("<title>")]
    public void Text_in_pieces_costs_no_more_in_a_broken_feed(string open) =>
        Read($"{Head}<title>a & b</title>{open}{CostlyDocuments.Of("x<![CDATA[x]]>")}").ShouldBeOfType<FeedDocument>();

    [Theory]
    [InlineData("a<![CDATA[b]]><!-- c -->d<?e f?>&amp;<![CDATA[ ]]>g", "abd& g")]
    [InlineData("<![CDATA[a]]> <![CDATA[b]]>", "a b")]
    [InlineData("<!-- a -->b", "b")]
    [InlineData("a<b>c<![CDATA[d]]></b><!---->e", "a<b>cd</b>e")]
    [InlineData("a<b/><![CDATA[c]]>d<b/>", "a<b></b>cd<b></b>")]
    public void Pieces_are_one_text(string content, string expected) =>
        Read($"{Head}<item><link>http://a.example/1</link><description>{content}</description></item>{Tail}")
            .ShouldBeOfType<FeedDocument>().Entries.ShouldHaveSingleItem().Summary.ShouldBe(expected);

    [Fact]
    public void Entries_between_pieces_of_text_are_counted_once()
    {
        var document = Read($"{Head}{string.Concat(Enumerable.Repeat("x<item><link>http://a.example/1</link></item>", FeedLimits.MaxEntries))}{Tail}")
            .ShouldBeOfType<FeedDocument>();
        document.Entries.Count.ShouldBe(FeedLimits.MaxEntries);
    }

    [Fact]
    public void Each_deleted_entry_is_told_once()
    {
        var deleted = string.Concat(Enumerable.Range(0, Many).Select(static n => $"<at:deleted-entry ref='{n}'/><at:deleted-entry ref='{n}'/>"));
        Read(Head + deleted + Tail).ShouldBeOfType<FeedDocument>().Deleted.Count.ShouldBe(Many);
    }

    public static TheoryData<string> Shapes() =>
    [
        $"{Head}{Repeated("<item><link>http://a.example/1</link></item>")}{Tail}",
        $"{Head}<title>a & b</title>{Repeated("<item><link>http://a.example/1</link></item>")}{Tail}",
        $"{Head}<item><description>{Repeated("x<![CDATA[x]]>")}</description></item>{Tail}",
        $"<feed xmlns='http://www.w3.org/2005/Atom'>{Repeated("<entry><id>1</id></entry>")}</feed>",
        $"<urlset>{Repeated("<url><loc>http://a.example/1</loc></url>")}</urlset>",
        $"<channel href='http://a.example/'>{Repeated("<item href='/1'/>")}</channel>",
        $"{{\"items\":[{Repeated("{\"id\":\"1\"},")}{{}}]}}",
        $"<!doctype html><html>{Repeated("<link rel=alternate type=application/rss+xml href=/feed>")}",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_document_that_takes_too_long_is_refused_in_words(string text) =>
        Read(text, CostlyDocuments.Spent()).ShouldBeOfType<FeedReading.Unreadable>().Reason.ShouldBe("took more than 5 s of processor time to read");

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Reading_ends_when_the_worker_does(string text) => Should.Throw<OperationCanceledException>(() => Read(text, CostlyDocuments.GivenUp()));

    private static FeedReading Read(string text) => Read(text, CostlyDocuments.Usual(TestContext.Current.CancellationToken));

    private static FeedReading Read(string text, ReadingLimit limit) =>
        FeedReader.Read(Encoding.UTF8.GetBytes(text), null, new Uri("https://a.example/feed"), limit);

    private static string Repeated(string piece) => string.Concat(Enumerable.Repeat(piece, 500));
}
