using CsCheck;
using Ingest.Text.Dated;

namespace Ingest.Identity.Tests;

public sealed class CanonicalUrlTests
{
    private const string Odd = "aZ09-._~%/?#[]@:!$&'()*+,;= \"<>\\^`{|}\u00e9\u0301\u65e5\ud83d\ude00\ud800\u0000\u200f\t";

    private static readonly Gen<string> AnyHost = Gen.OneOf(
        "example.com", "www.example.com", "www.www.example.com", "WWW.Example.COM.", "www.com", "www.co.uk", "b\u00fccher.example", "xn--bcher-kva.example",
        "127.0.0.1", "[::1]", "[2001:DB8::1]",
        "user:pw@example.com", "example.com:80", "example.com:443", "example.com:8443", "a_b.example", "xn--a.example", "\u65e5\u672c.jp", "-.example", "1.2");

    private static readonly Gen<string> AnyTail = Gen.Frequency(
        (3, Gen.Char[Odd].Array[0, 30].Select(static chars => "/" + new string(chars))),
        (2,
        Gen.OneOf(
            "%41",
            "%2e%2E",
            "%2f",
            "%25",
            "%2541",
            "%%41",
            "%zz",
            "utm%5Fsource=1",
            "utm_a=b",
            "&",
            "?",
            "=",
            "#!x",
            "#x",
            "//",
            "/./",
            "/../",
            "a",
            "fbclid=1",
            "+",
            "%20",
            "%C3%A9",
            "\u00e9").Array[0, 12]
            .Select(static parts => "/" + string.Concat(parts))));

    private static readonly Gen<Uri?> AnyUrl = Gen.Select(
        Gen.OneOf("http://", "https://"), AnyHost, AnyTail, static (scheme, host, tail) => CanonicalUrl.Parse(scheme + host + tail));

    [Fact]
    public void A_folded_URL_folds_to_itself() =>
        AnyUrl.Where(static url => url is not null).Sample(
            static url =>
            {
                var folded = CanonicalUrl.Fold(url!);
                CanonicalUrl.Fold(CanonicalUrl.Parse("https://" + folded).ShouldNotBeNull()).ShouldBe(folded);
            },
            iter: 20_000);

    [Fact]
    public void No_text_makes_parsing_or_folding_throw() =>
        Gen.OneOf(
            Gen.String,
            Gen.Char[Odd].Array[0, 40].Select(static chars => "http://" + new string(chars)),
            AnyTail.Select(static tail => "https:/" + tail)).Sample(
            static text =>
            {
                if (CanonicalUrl.Parse(text) is not { } url) return;
                CanonicalUrl.Fold(url).ShouldNotBeEmpty();
                CanonicalUrl.Published(url).ShouldNotBeEmpty();
            },
            iter: 20_000);

    [Theory]
    [InlineData("http://example.com/a", "https://example.com/a")]
    [InlineData("https://www.example.com/a", "https://example.com/a")]
    [InlineData("https://EXAMPLE.com/a", "https://example.com/a")]
    [InlineData("https://example.com./a", "https://example.com/a")]
    [InlineData("https://example.com:443/a", "https://example.com/a")]
    [InlineData("http://example.com:80/a", "https://example.com/a")]
    [InlineData("https://example.com/a/", "https://example.com/a")]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("https://example.com/a#part", "https://example.com/a")]
    [InlineData("https://example.com/a?utm_source=rss&utm_medium=feed", "https://example.com/a")]
    [InlineData("https://example.com/a?id=1&fbclid=x&b=2", "https://example.com/a?id=1&b=2")]
    [InlineData("https://example.com/a?CMP=share&at_medium=RSS", "https://example.com/a")]
    [InlineData("https://example.com/%7Euser/%c3%a9", "https://example.com/~user/%C3%A9")]
    [InlineData("https://example.com/\u00e9", "https://example.com/%C3%A9")]
    [InlineData("https://b\u00fccher.example/a", "https://xn--bcher-kva.example/a")]
    [InlineData("https://user@example.com/a", "https://example.com/a")]
    [InlineData("https://example.com/b/../a/./", "https://example.com/a")]
    [InlineData("https://example.com/a?ref=rss", "https://example.com/a")]
    [InlineData("https://example.com/a;jsessionid=0AF3", "https://example.com/a")]
    [InlineData("https://www.nytimes.com/a?emc=x&partner=rss", "https://nytimes.com/a")]
    [InlineData("https://youtu.be/a?si=x", "https://youtu.be/a")]
    [InlineData("https://m.weibo.com/a?from=x", "https://m.weibo.com/a?from=y")]
    public void One_article_has_one_key_however_its_link_is_spelled(string one, string other) => Key(one).ShouldBe(Key(other));

    [Theory]
    [InlineData("https://example.com/a", "https://example.com/A")]
    [InlineData("https://example.com/a", "https://example.com:8443/a")]
    [InlineData("https://example.com/a?id=1", "https://example.com/a?id=2")]
    [InlineData("https://example.com/a?pk_id=1", "https://example.com/a?pk_id=2")]
    [InlineData("https://example.com/a%2Fb", "https://example.com/a/b")]
    [InlineData("https://example.com/#!/a", "https://example.com/#!/b")]
    [InlineData("https://example.com/#/a", "https://example.com/#/b")]
    [InlineData("https://example.com/a?ref=1", "https://example.com/a?ref=2")]
    [InlineData("https://example.com/a?emc=1", "https://example.com/a?emc=2")]
    [InlineData("https://example.com/watch?v=1", "https://example.com/watch?v=2")]
    [InlineData("https://blog.example.com/a", "https://example.com/a")]
    [InlineData("https://www.com/a", "https://com/a")]
    public void Different_articles_keep_different_keys(string one, string other) => Key(one).ShouldNotBe(Key(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/a/b")]
    [InlineData("example.com/a")]
    [InlineData("ftp://example.com/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a")]
    [InlineData("http://")]
    [InlineData("https:///a")]
    public void What_is_no_absolute_web_address_is_no_link(string? link) => CanonicalUrl.Parse(link).ShouldBeNull();

    // RFC 9110, section 4.1.
    [Theory]
    [InlineData(8_000, true)]
    [InlineData(8_001, false)]
    [InlineData(12_000_000, false)]
    public void A_link_that_is_longer_than_servers_have_to_take_is_none(int length, bool isLink) =>
        (CanonicalUrl.Parse("https://example.com/".PadRight(length, 'a') + " ") is not null).ShouldBe(isLink);

    [Fact]
    public void The_published_form_is_kept_where_it_is_clean_and_encoded_where_it_is_not()
    {
        CanonicalUrl.Published(new Uri("HTTP://Example.com:80/%7ea?b#c")).ShouldBe("HTTP://Example.com:80/%7ea?b#c");
        CanonicalUrl.Published(new Uri("https://example.com/\u00e9 b")).ShouldBe("https://example.com/%C3%A9%20b");
    }

    [Fact]
    public void Every_url_that_is_accepted_has_an_identity() =>
        Gen.OneOf(TextGen.Url, TextGen.Text.Select(text => "https://example.org/" + text), TextGen.Text.Select(text => "http://" + text)).Sample(url =>
    {
        if (!DatedArticleText.IsArticleUrl(url)) return;
        var uri = new Uri(url);
        CanonicalUrl.Published(uri).ShouldBe(url);
        ArticleKey.Of(uri).ShouldBe(ArticleKey.Of(new Uri(uri.AbsoluteUri)));
    });

    private static ArticleKey Key(string url) => ArticleKey.Of(CanonicalUrl.Parse(url).ShouldNotBeNull());
}
