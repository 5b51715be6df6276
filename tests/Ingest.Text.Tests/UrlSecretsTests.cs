using CsCheck;
using Ingest.Text.Secrets;

namespace Ingest.Text.Tests;

public sealed class UrlSecretsTests
{
    [Theory]
    [InlineData("https://example.org/feed?x=1&tokens_of_joy=2", "https://example.org/feed?x=1&tokens_of_joy=2")]
    [InlineData("https://example.org/feed?token=abc&x=1#key=z", "https://example.org/feed?token=***&x=1#key=***")]
    [InlineData("https://example.org/feed?API-Key=a(b)c'd==;e", "https://example.org/feed?API-Key=***")]
    [InlineData("https://example.org/feed?a%5Ftok%65n=abc&auth[x]=1&token[]=2", "https://example.org/feed?a%5Ftok%65n=***&auth[x]=1&token[]=***")]
    [InlineData("https://example.org/a;jsessionid=1F?x=1", "https://example.org/a;jsessionid=***")]
    [InlineData(
        "https://proxy.example/?url=https%3A%2F%2Fh%2Ff%3Ftoken%3Dabc%26x%3D1&y=2", "https://proxy.example/?url=https%3A%2F%2Fh%2Ff%3Ftoken%3D***%26x%3D1&y=2")]
    [InlineData("it leads to 'https://me:pa%40ss@example.org/?sig=abc' and on", "it leads to 'https://***@example.org/?sig=***' and on")]
    [InlineData("postgres://me:p/w@db.example/x, http://example.org:8080/@user", "postgres://***@db.example/x, http://example.org:8080/@user")]
    [InlineData("https://example.org/@user/1?q=a@b.example", "https://example.org/@user/1?q=a@b.example")]
    [InlineData("http://example.org/?key=a:.: 200", "http://example.org/?key=***:.: 200")]
    [InlineData("password=hunter2 secret=", "password=*** secret=")]
    public void Secrets_are_hidden_wherever_they_stand(string text, string masked)
    {
        UrlSecrets.Mask(text).ShouldBe(masked);
        UrlSecrets.Mask(masked).ShouldBe(masked);
    }

    [Theory]
    [InlineData("https://me:pw@EXAMPLE.org:443/a?token=1&x=2&key=3", "https://example.org/a?token=***&x=2&key=***")]
    [InlineData("http://me@example.org:8080", "http://example.org:8080/")]
    [InlineData("https://example.org/a%20b?x=ü", "https://example.org/a%20b?x=%C3%BC")]
    public void A_URL_is_stored_without_its_secrets(string url, string stored) => UrlSecrets.Without(new Uri(url)).AbsoluteUri.ShouldBe(stored);

    [Fact]
    public void What_is_hidden_is_filled_in_again_and_nothing_else()
    {
        var own = new Uri("https://example.org/feed?token=a%2Fb&x=1&key=k&token=second");
        UrlSecrets.Fill(UrlSecrets.Without(own), own).ShouldBe(own);
        UrlSecrets.Fill(new Uri("https://example.org/item/1?key=***&other_token=***&x=***"), own).AbsoluteUri
            .ShouldBe("https://example.org/item/1?key=k&other_token=***&x=***");
        UrlSecrets.Fill(new Uri("https://example.org/item/1?key=theirs"), own).AbsoluteUri.ShouldBe("https://example.org/item/1?key=theirs");
    }

    [Fact]
    public void No_secret_value_survives_in_any_URL()
    {
        var name = TextGen.Among("token", "ACCESS_TOKEN", "api-key", "sig", "client.secret", "a[password]");
        var value = Gen.String[Gen.Char["abcXYZ019-._~!$'()*+,;=:@/?%25"], 1, 12].Select(
            static text => "SECRET" + text.Replace("%", "%25", StringComparison.Ordinal));
        Gen.Select(name, value, TextGen.Url).Sample(static (name, value, url) =>
        {
            var bare = url.Split('#')[0];
            var secret = new Uri($"{bare}{(bare.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}&end=1");
            var shown = UrlSecrets.Without(secret);
            return !shown.AbsoluteUri.Contains("SECRET", StringComparison.Ordinal) && UrlSecrets.Fill(shown, secret) == UrlSecrets.WithoutUserInfo(secret)
                && !SafeLine.Of($"asked {secret.AbsoluteUri} in vain").Contains("SECRET", StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("://a:b")]
    [InlineData("?token=&")]
    [InlineData("%3Ftoken%3D")]
    [InlineData("=")]
    public void A_long_text_is_looked_through_once(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 100_000));
        UrlSecrets.Mask(text).Length.ShouldBeLessThanOrEqualTo(text.Length + 300_000);
    }

    [Theory]
    [InlineData("<a href=\"/1?token=abc&amp;x\">/2?token=abcd ?token=abc", "<a href=\"/1?token=***&amp;x\">/2?token=abcd ?token=***")]
    [InlineData("my_token=abc \\u0026token=abc", "my_token=abc \\u0026token=***")]
    public void What_a_server_repeats_is_hidden_before_it_is_read(string body, string read) =>
        System.Text.Encoding.UTF8.GetString(EchoedSecret.Replace(System.Text.Encoding.UTF8.GetBytes(body), "token", "abc", "***")).ShouldBe(read);
}
