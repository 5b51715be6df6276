using System.Text;
using Ingest.Worker.Webhooks;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Webhooks;

/// <summary>What the settings of webhooks may say, and how their secrets sign.</summary>
public sealed class WebhookSettingsTests
{
    [Theory]
    [InlineData("""{ "Secret": "env:X" }""", "Ingest:Webhooks:chat:Url is missing: give an absolute http or https URL.")]
    [InlineData("""{ "Url": "ftp://a.example/", "Secret": "env:X" }""", "Ingest:Webhooks:chat:Url is 'ftp://a.example/': give an absolute http or https URL")]
    [InlineData("""{ "Url": "https://u:p4ss@a.example/", "Secret": "env:X" }""", "Ingest:Webhooks:chat:Url is 'https://***@a.example/'")]
    [InlineData("""{ "Url": "https://a.example/" }""", "Ingest:Webhooks:chat:Secret is missing: give env:NAME or file:/path")]
    [InlineData("""{ "Url": "https://a.example/", "Secret": "whsec_p4ss" }""", "Ingest:Webhooks:chat:Secret is not a reference")]
    [InlineData("""{ "Url": "https://a.example/", "Secret": "env:X", "Events": ["article.add"] }""", "Events:0 is 'article.add': give article.added, ")]
    [InlineData("""{ "Url": "https://a.example/", "Secret": "env:X", "Events": "article.added" }""", "Events is 'article.added': give a list.")]
    [InlineData("""{ "Url": "https://a.example/", "Secret": "env:X", "Enabled": "perhaps" }""", "Enabled is 'perhaps': give true or false.")]
    [InlineData("""{ "Url": "https://a.example/", "Secret": "env:X", "Filter": "x" }""", "chat:Filter is not a setting of a webhook: use Url, Secret, Events,")]
    [InlineData("\"https://a.example/\"", "Ingest:Webhooks:chat is a single value: give a section with Url and Secret.")]
    public void A_fault_is_named_with_its_remedy_and_no_secret(string webhook, string fault)
    {
        var list = Read($$"""{ "Ingest": { "Webhooks": { "chat": {{webhook}} } } }""");

        list.Hooks.ShouldBeEmpty();
        list.Faults.ShouldHaveSingleItem().ShouldContain(fault);
        list.Faults[0].ShouldNotContain("p4ss");
    }

    [Fact]
    public void Everything_that_may_be_said_is_read()
    {
        var hook = Read("""
            { "Ingest": { "Webhooks": { "chat": { "Url": "https://a.example/hook?token=x", "Secret": "file:/etc/secret", "Events": ["source.gone", "article.added"],
              "Sources": ["paper"], "Tags": ["local"], "Languages": ["DE"], "Query": " rain ", "Enabled": "false" } } } }
            """).Hooks.ShouldHaveSingleItem();

        (hook.Name, hook.Url.AbsoluteUri, hook.Secret, hook.Query, hook.IsEnabled)
            .ShouldBe(("chat", "https://a.example/hook?token=x", "file:/etc/secret", "rain", false));
        hook.Events.ShouldBe([HookEvent.SourceGone, HookEvent.ArticleAdded], ignoreOrder: true);
        hook.Languages.Contains("de").ShouldBeTrue();
    }

    [Fact]
    public void Without_events_all_are_told() =>
        Read("""{ "Ingest": { "Webhooks": { "chat": { "Url": "https://a.example/", "Secret": "env:X" } } } }""").Hooks[0].Events
            .ShouldBe(Enum.GetValues<HookEvent>(), ignoreOrder: true);

    // The vector of the libraries of Standard Webhooks.
    [Fact]
    public void A_signature_is_that_of_the_specification() =>
        WebhookSecret.Of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")!
            .Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), "{\"test\": 2432232314}"u8)
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void Of_two_secrets_each_signs()
    {
        var (one, other) = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_" + Convert.ToBase64String(Encoding.ASCII.GetBytes(new string('k', 32))));
        string Sign(string secret) => WebhookSecret.Of(secret)!.Sign("a", DateTimeOffset.UnixEpoch, "{}"u8);
        Sign($"{one}\n{other}").ShouldBe($"{Sign(one)} {Sign(other)}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all!")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    public void What_is_no_secret_is_none(string text) => WebhookSecret.Of(text).ShouldBeNull();

    private static WebhookList Read(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return WebhookList.Read(new ConfigurationBuilder().AddJsonStream(stream).Build());
    }
}
