using System.Text;
using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class ConditionalFetchTests
{
    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("W/\"abc\"")]
    [InlineData("w/\"abc\"")]
    [InlineData("abc")]
    [InlineData("abc, def")]
    [InlineData("\"a b  c\"")]
    [InlineData("\"\"")]
    [InlineData("\"caf\u00e9 \u00ff\"")]
    [InlineData("\"{\\\"x\\\":1}\"")]
    public async Task Etag_returns_byte_for_byte(string etag)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>").ETag(etag));

        var first = await door.FetchWholeAsync(origin.Url("/feed"));
        var second = await door.FetchAsync(origin.Url("/feed"), validators: first.Validators);

        first.Validators.ETag.ShouldBe(etag);
        second.ShouldBeOfType<FetchResult.NotModified>().Conditional.ShouldBeTrue();
        origin.RequestsOf("/feed")[1].Header("If-None-Match").ShouldBe(etag);
    }

    [Theory]
    [InlineData("mailto:bot@example.org", "bot@example.org")]
    [InlineData("mailto:bot@example.org?subject=x", "bot@example.org")]
    [InlineData("https://example.org/bot", null)]
    public async Task A_mail_address_is_sent_as_From(string contact, string? from)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["ContactUrl"] = contact });
        origin.Serve("/feed", Reply.Feed("<rss/>"));

        await door.FetchWholeAsync(origin.Url("/feed"));

        origin.Requests.Single().Header("From").ShouldBe(from);
        origin.Requests.Single().Header("User-Agent").ShouldBe($"IngestWorker/0.3 (+{contact})");
    }

    [Theory]
    [InlineData("Tue, 24 Nov 2026 10:00:00 GMT")]
    [InlineData("Tue,  24  Nov 2026 10:00:00 GMT")]
    [InlineData("Tuesday, 24-Nov-26 10:00:00 GMT")]
    [InlineData("Tue Nov 24 10:00:00 2026")]
    [InlineData("Tue, 24 Nov 2026 10:00:00 +0100")]
    [InlineData("2026-11-24T10:00:00Z")]
    [InlineData("yesterday")]
    [InlineData("0")]
    public async Task Last_modified_returns_byte_for_byte(string date)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>").LastModified(date));

        var first = await door.FetchWholeAsync(origin.Url("/feed"));
        var second = await door.FetchAsync(origin.Url("/feed"), validators: first.Validators);

        first.Validators.LastModified.ShouldBe(date);
        second.ShouldBeOfType<FetchResult.NotModified>();
        origin.RequestsOf("/feed")[1].Header("If-Modified-Since").ShouldBe(date);
    }

    [Fact]
    public async Task Stored_validator_cannot_smuggle_a_header()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>"));

        await door.FetchAsync(origin.Url("/feed"), validators: new Validators("\"a\"\r\nX-Evil: 1", "x\nX-Evil: 2"));

        origin.Requests.Single().Headers.Keys.Order().ShouldBe(["Accept", "Accept-Encoding", "Host", "User-Agent"]);
    }

    [Fact]
    public async Task Unasked_304_is_a_failure_named_so()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.NotModified());

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.UnaskedNotModified);
        failed.Kind.ShouldBe(FailureKind.Server);
        failed.Status.ShouldBe(304);
    }

    [Fact]
    public async Task Validators_are_sent_only_to_the_url_that_gave_them()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/old", Reply.Redirect(302, "/a"), Reply.Redirect(302, "/a"), Reply.Redirect(302, "/b"));
        origin.Serve("/a", Reply.Feed("<rss/>").ETag("\"1\""));
        origin.Serve("/b", Reply.Feed("<rss>b</rss>").ETag("\"1\""));

        var first = await door.FetchWholeAsync(origin.Url("/old"));
        var second = await door.FetchAsync(origin.Url("/old"), validators: first.Validators);
        var third = await door.FetchAsync(origin.Url("/old"), validators: first.Validators);

        second.ShouldBeOfType<FetchResult.NotModified>();
        Encoding.UTF8.GetString(third.ShouldBeOfType<FetchResult.Fetched>().Body).ShouldBe("<rss>b</rss>");
        origin.RequestsOf("/old").ShouldAllBe(r => !r.IsConditional);
        origin.RequestsOf("/b").ShouldAllBe(r => !r.IsConditional);
    }

    [Fact]
    public async Task A_304_keeps_the_validators_it_does_not_renew()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.NotModified().ETag("\"2\""));

        var result = await door.FetchAsync(origin.Url("/feed"), validators: new Validators("\"1\"", "Tue, 24 Nov 2026 10:00:00 GMT"));

        result.ShouldBeOfType<FetchResult.NotModified>().Validators.ShouldBe(new Validators("\"2\"", "Tue, 24 Nov 2026 10:00:00 GMT", origin.Url("/feed")));
    }

    [Fact]
    public async Task Requests_carry_no_cookie_referrer_trace_or_query_of_ours()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["ContactUrl"] = "https://example.org/bot" });
        using var activity = new System.Diagnostics.Activity("visit").Start();
        origin.Serve("/feed", Reply.Redirect(302, "/b").Header("Set-Cookie", "a=b"));
        origin.Serve("/b", Reply.Feed("<rss/>").Header("Set-Cookie", "a=b"));

        await door.FetchWholeAsync(origin.Url("/feed"));
        await door.FetchWholeAsync(origin.Url("/feed"));

        origin.Requests.Count.ShouldBe(4);
        foreach (var request in origin.Requests)
        {
            request.Headers.Keys.Order().ShouldBe(["Accept", "Accept-Encoding", "Host", "User-Agent"]);
            request.Header("User-Agent").ShouldBe("IngestWorker/0.3 (+https://example.org/bot)");
            request.Path.ShouldNotContain("?");
        }
    }
}
