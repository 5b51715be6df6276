using Ingest.Identity.Sites;

namespace Ingest.Identity.Tests;

public sealed class SiteTests
{
    [Theory]
    [InlineData("https://www.example.com/a", "https://m.example.com/b", true)]
    [InlineData("https://amp.news.example.co.uk/a", "https://example.co.uk/b", true)]
    [InlineData("https://one.co.uk/a", "https://two.co.uk/b", false)]
    [InlineData("https://one.blogspot.com/a", "https://two.blogspot.com/b", false)]
    [InlineData("https://one.github.io/a", "https://one.github.io/b", true)]
    [InlineData("https://a.wordpress.com/", "https://b.wordpress.com/", false)]
    [InlineData("https://a.pages.dev/", "https://b.pages.dev/", false)]
    [InlineData("https://one.com.br/", "https://two.com.br/", false)]
    [InlineData("https://a.one.kawasaki.jp/", "https://b.one.kawasaki.jp/", false)]
    [InlineData("https://city.kawasaki.jp/", "https://www.city.kawasaki.jp/", true)]
    [InlineData("https://a.b.ck/", "https://c.b.ck/", false)]
    [InlineData("https://www.ck/", "https://news.www.ck/", true)]
    [InlineData("https://один.рф/", "https://www.один.рф/", true)]
    [InlineData("https://one.個人.香港/", "https://two.個人.香港/", false)]
    [InlineData("https://a.site.test/", "https://b.site.test/", true)]
    [InlineData("https://example.com./a", "https://www.example.com/b", true)]
    [InlineData("https://github.io/", "https://one.github.io/", false)]
    [InlineData("https://example.com/a", "https://example.org/b", false)]
    [InlineData("http://127.0.0.1:80/a", "http://127.0.0.1:81/b", true)]
    [InlineData("http://127.0.0.1/a", "http://10.0.0.1/b", false)]
    public void Hosts_of_one_registered_name_are_one_site(string one, string other, bool same) => Site.IsSame(new Uri(one), new Uri(other)).ShouldBe(same);

    [Theory]
    [InlineData("https://example.com/a", "https://m.example.com/a", true)]
    [InlineData("https://example.com/", "https://example.com/a", false)]
    [InlineData("https://agency.example.org/a", "https://example.com/a", false)]
    [InlineData("https://example.com/a", "https://example-com.cdn.ampproject.org/c/s/example.com/a", true)]
    public void A_canonical_link_is_believed_within_a_site_and_not_to_its_front_page(string canonical, string url, bool believed) =>
        Site.MayNameFor(new Uri(canonical), new Uri(url)).ShouldBe(believed);

    [Theory]
    [InlineData("https://feeds.example.co.uk:8443/a", "example.co.uk")]
    [InlineData("http://one.github.io/a", "one.github.io")]
    [InlineData("http://127.0.0.1/a", "127.0.0.1")]
    [InlineData("http://127.0.0.1:81/a", "127.0.0.1:81")]
    [InlineData("http://[::1]:81/a", "::1:81")]
    [InlineData("http://feeds:81/a", "feeds:81")]
    public void A_hold_binds_a_site_or_an_address_and_its_port(string url, string bound) => Site.HoldOf(new Uri(url)).ShouldBe(bound);
}
