using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    public async Task A_redirect_is_followed_after_the_time_that_it_asks_for(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(status, "/b").RetryAfter(1)).Serve("/b", Reply.Feed("<rss/>"));

        await door.FetchWholeAsync(origin.Url("/a"));

        (origin.RequestsOf("/b").Single().At - origin.RequestsOf("/a").Single().At).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Fact]
    public async Task A_redirect_that_asks_for_longer_ends_the_fetch_which_goes_on_when_it_comes_back()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var door = new Door(time: time);
        origin.Serve("/a", Reply.Redirect(302, "/b").RetryAfter(600)).Serve("/b", Reply.Feed("<rss/>"));

        var failed = await door.FailAsync(origin.Url("/a"));
        time.Advance(TimeSpan.FromMinutes(9));
        var early = await door.FailAsync(origin.Url("/a"));
        time.Advance(TimeSpan.FromMinutes(1));
        await door.FetchWholeAsync(origin.Url("/a"));

        (failed.Cause, failed.SparesSource, failed.NotBefore).ShouldBe((FailureCause.HostWaits, true, time.Start.AddMinutes(10)));
        early.NotBefore.ShouldBe(failed.NotBefore);
        origin.RequestsOf("/b").Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, 12)]
    [InlineData(false, 48)]
    public async Task A_wait_that_nobody_came_back_for_does_not_count_for_the_next(bool withoutWaitBetween, int hours)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var door = new Door(time: time);
        var patient = Reply.Redirect(302, "/b").RetryAfter(600);
        origin.Serve("/a", patient).Serve("/b", Reply.Feed("<rss/>"));
        await door.FailAsync(origin.Url("/a"));
        time.Advance(TimeSpan.FromMinutes(5));
        origin.Serve("/a", Reply.Redirect(302, "/b"));
        if (withoutWaitBetween) await door.FetchWholeAsync(origin.Url("/a"));
        time.Advance(TimeSpan.FromHours(hours));
        origin.Serve("/a", patient);

        var failed = await door.FailAsync(origin.Url("/a"));

        failed.NotBefore.ShouldBe(time.GetUtcNow().AddMinutes(10));
    }

    [Theory]
    [InlineData(301, true)]
    [InlineData(308, true)]
    [InlineData(302, false)]
    [InlineData(303, false)]
    [InlineData(307, false)]
    public async Task Only_permanent_redirects_move_the_url(int status, bool moves)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/old", Reply.Redirect(status, "/new#part")).Serve("/new", Reply.Feed("<rss/>"));

        var fetched = await door.FetchWholeAsync(origin.Url("/old"));

        fetched.FinalUrl.ShouldBe(origin.Url("/new"));
        fetched.FinalUrl.Fragment.ShouldBeEmpty();
        fetched.MovedTo.ShouldBe(moves ? origin.Url("/new") : null);
        fetched.Redirects.ShouldBe([new Redirect(status, origin.Url("/old"), origin.Url("/new"))]);
        fetched.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Url_moves_only_as_far_as_the_leading_permanent_redirects_lead()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(301, "/b")).Serve("/b", Reply.Redirect(308, "c")).Serve("/c", Reply.Redirect(
            302, "//" + origin.BaseUrl.Authority + "/d"))
            .Serve("/d", Reply.Redirect(301, origin.Url("/e").ToString())).Serve("/e", Reply.Feed("<rss/>"));

        var fetched = await door.FetchWholeAsync(origin.Url("/a"));

        fetched.FinalUrl.ShouldBe(origin.Url("/e"));
        fetched.MovedTo.ShouldBe(origin.Url("/c"));
    }

    [Fact]
    public async Task Failed_fetch_moves_no_url()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(301, "/gone")).Serve("/gone", Reply.Error(410));

        var failed = await door.FailAsync(origin.Url("/a"));

        failed.Kind.ShouldBe(FailureKind.Gone);
        failed.MovedTo.ShouldBeNull();
    }

    [Theory]
    [InlineData("/self", nameof(FailureCause.RedirectLoop))]
    [InlineData("/ping", nameof(FailureCause.RedirectLoop))]
    [InlineData("/nowhere", nameof(FailureCause.BadRedirect))]
    [InlineData("/ftp", nameof(FailureCause.BadRedirect))]
    [InlineData("/file", nameof(FailureCause.BadRedirect))]
    [InlineData("/long/1", nameof(FailureCause.TooManyRedirects))]
    public async Task Bad_redirects_are_named(string path, string cause)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/self", Reply.Redirect(302, "/self")).Serve("/ping", Reply.Redirect(301, "/pong")).Serve("/pong", Reply.Redirect(302, "/ping"))
            .Serve("/nowhere", new Reply { Status = 302 }).Serve("/ftp", Reply.Redirect(
                301, "ftp://127.0.0.1/feed")).Serve("/file", Reply.Redirect(301, "file:///etc/passwd"))
            .ServeBelow("/long/", n => Reply.Redirect(302, "/long/" + n + "1"));

        var failed = await door.FailAsync(origin.Url(path));

        failed.Cause.ToString().ShouldBe(cause);
        failed.Kind.ShouldBe(FailureKind.Permanent);
        origin.Requests.Count.ShouldBeLessThanOrEqualTo(11);
    }

    [Fact]
    public async Task Ten_redirects_are_followed()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.ServeBelow("/n/", n => n.Length < 11 ? Reply.Redirect(302, "/n/" + n + "x") : Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/n/x"))).Redirects.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Location_in_raw_utf8_is_understood()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var raw = System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes("/n\u00e4chste seite"));
        origin.Serve("/a", Reply.Redirect(302, raw)).Serve("/n%C3%A4chste%20seite", Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/a"))).FinalUrl.AbsolutePath.ShouldBe("/n%C3%A4chste%20seite");
    }

    [Fact]
    public async Task Https_to_http_is_refused_unless_allowed()
    {
        var head = new Ingest.Worker.Fetching.Answers.AnswerHead(301, [KeyValuePair.Create("Location", "http://example.org/")]);

        var (next, refusal) = Ingest.Worker.Fetching.Answers.RedirectRules.Follow(new Uri("https://example.org/"), head, [], 10, allowHttpsToHttp: false);
        var (allowed, _) = Ingest.Worker.Fetching.Answers.RedirectRules.Follow(new Uri("https://example.org/"), head, [], 10, allowHttpsToHttp: true);

        next.ShouldBeNull();
        refusal!.Cause.ShouldBe(FailureCause.RedirectToInsecure);
        allowed.ShouldBe(new Uri("http://example.org/"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Headers_and_user_info_of_the_source_stay_with_its_host()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var other = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(302, "/b")).Serve("/b", Reply.Redirect(
            302, other.Url("/c").ToString().Replace("//", "//me:secret@", StringComparison.Ordinal)));
        other.Serve("/c", Reply.Feed("<rss/>"));
        var request = new FetchRequest(
            origin.Url("/a"),
            FetchKind.Feed,
            null,
            new Dictionary<string, string> { ["X-Key"] = "k", ["Accept"] = "x/y", ["Cookie"] = "no", ["If-None-Match"] = "no" });

        var fetched = (await door.Fetcher.FetchAsync(request, TestContext.Current.CancellationToken)).ShouldBeOfType<FetchResult.Fetched>();

        origin.Requests.ShouldAllBe(r => r.Header("X-Key") == "k" && r.Header("Accept") == "x/y" && r.Header("Cookie") == null && !r.IsConditional);
        other.Requests.ShouldAllBe(r => r.Header("X-Key") == null && r.Header("Authorization") == null);
        fetched.FinalUrl.UserInfo.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Content-Type", "x")]
    [InlineData("X Key", "x")]
    [InlineData("", "x")]
    [InlineData("X-Key:", "x")]
    [InlineData("X-Key", "a\r\nX-Evil: 1")]
    [InlineData("X-Evil\r\n", "x")]
    public async Task Header_that_is_none_is_not_sent(string name, string value)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Feed("<rss/>"));

        await door.Fetcher.FetchAsync(
            new FetchRequest(origin.Url("/a"), FetchKind.Feed, null, new Dictionary<string, string> { [name] = value }), TestContext.Current.CancellationToken);

        origin.Requests.Single().Headers.Keys.Order().ShouldBe(["Accept", "Accept-Encoding", "Host", "User-Agent"]);
    }
}
