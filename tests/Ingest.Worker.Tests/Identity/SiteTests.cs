using Ingest.Worker.Identity;

namespace Ingest.Worker.Tests.Identity;

public sealed class SiteTests
{
    [Theory]
    [InlineData("https://www.example.com/a", "https://m.example.com/b", true)]
    [InlineData("https://amp.news.example.co.uk/a", "https://example.co.uk/b", true)]
    [InlineData("https://one.co.uk/a", "https://two.co.uk/b", false)]
    [InlineData("https://one.blogspot.com/a", "https://two.blogspot.com/b", false)]
    [InlineData("https://one.github.io/a", "https://one.github.io/b", true)]
    [InlineData("https://example.com/a", "https://example.org/b", false)]
    [InlineData("http://127.0.0.1:80/a", "http://127.0.0.1:81/b", true)]
    [InlineData("http://127.0.0.1/a", "http://10.0.0.1/b", false)]
    public void Hosts_of_one_registered_name_are_one_site(string one, string other, bool same) => Site.IsSame(new Uri(one), new Uri(other)).ShouldBe(same);

    [Theory]
    [InlineData("https://example.com/a", "https://m.example.com/a", true)]
    [InlineData("https://example.com/", "https://example.com/a", false)]
    [InlineData("https://agency.example.org/a", "https://example.com/a", false)]
    [InlineData("https://example.com/a", "https://example-com.cdn.ampproject.org/c/s/example.com/a", true)]
    public void A_canonical_link_is_believed_within_a_site_and_not_to_its_front_page(string canonical, string url, bool believed) => Site.MayNameFor(new Uri(canonical), new Uri(url)).ShouldBe(believed);
}
