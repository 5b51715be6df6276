using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class RetryTests
{
    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    public async Task Transient_statuses_of_pages_are_tried_again(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status), Reply.Error(status), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    public async Task A_feed_whose_server_is_in_trouble_is_asked_once_a_visit(string retryAfter)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        foreach (var status in (int[])[500, 502, 503, 504, 522])
        {
            var path = "/" + status.ToString(CultureInfo.InvariantCulture);
            origin.Serve(path, retryAfter.Length > 0 ? Reply.Error(status).RetryAfter(retryAfter) : Reply.Error(status), Reply.Feed("<rss/>"));
            await using var other = new Door();
            (await other.FailAsync(origin.Url(path))).Attempts.ShouldBe(1);
            origin.RequestsOf(path).Count.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(400, 1, nameof(FailureKind.Permanent))]
    [InlineData(401, 1, nameof(FailureKind.Permanent))]
    [InlineData(403, 1, nameof(FailureKind.Permanent))]
    [InlineData(404, 1, nameof(FailureKind.Permanent))]
    [InlineData(410, 1, nameof(FailureKind.Gone))]
    [InlineData(429, 1, nameof(FailureKind.Transient))]
    [InlineData(451, 1, nameof(FailureKind.Permanent))]
    [InlineData(500, 1, nameof(FailureKind.Server))]
    [InlineData(501, 1, nameof(FailureKind.Server))]
    [InlineData(503, 1, nameof(FailureKind.Server))]
    [InlineData(522, 1, nameof(FailureKind.Server))]
    [InlineData(204, 1, nameof(FailureKind.Server))]
    public async Task Statuses_fail_as_their_kind_after_as_many_requests(int status, int requests, string kind)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Kind.ToString().ShouldBe(kind);
        failed.Status.ShouldBe(status);
        failed.Attempts.ShouldBe(requests);
        failed.Reason.ShouldContain(status.ToString(CultureInfo.InvariantCulture));
        origin.Requests.Count.ShouldBe(requests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Host_that_pushes_back_without_saying_how_long_is_left_alone_for_a_minute(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status)).Serve("/other", Reply.Feed("<rss/>"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.NotBefore!.Value.ShouldBeInRange(before.AddMinutes(1), DateTimeOffset.UtcNow.AddMinutes(1));
        failed.RetryAfter.ShouldBeNull();
        (await door.FailAsync(origin.Url("/other"))).NotBefore!.Value.ShouldBe(failed.NotBefore.Value, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Challenge_is_not_asked_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).Header("cf-mitigated", "challenge"));

        (await door.FailAsync(origin.Url("/feed"))).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_can_be_switched_off()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Retries"] = "0" });
        origin.Serve("/feed", Reply.Error(503));

        (await door.FailAsync(origin.Url("/feed"))).Attempts.ShouldBe(1);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData(" 120 ", 120)]
    [InlineData("99999999999999999999", 86400)]
    [InlineData("604800", 86400)]
    public async Task Long_retry_after_in_seconds_ends_the_fetch_and_is_kept(string value, int seconds)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).RetryAfter(value)).Serve("/other", Reply.Feed("<rss/>"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));
        var other = await door.FailAsync(origin.Url("/other"));

        failed.Attempts.ShouldBe(1);
        failed.RetryAfter!.Value.ShouldBeInRange(before.AddSeconds(seconds), DateTimeOffset.UtcNow.AddSeconds(seconds));
        failed.NotBefore.ShouldBe(failed.RetryAfter);
        other.Cause.ShouldBe(FailureCause.HostWaits);
        other.Attempts.ShouldBe(0);
        other.NotBefore!.Value.ShouldBeInRange(failed.NotBefore!.Value.AddSeconds(-1), failed.NotBefore.Value.AddSeconds(1));
        origin.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, 172_800)]
    [InlineData(403, 900)]
    [InlineData(410, 900)]
    [InlineData(429, 900)]
    [InlineData(500, 900)]
    [InlineData(503, 31_536_000)]
    public async Task What_a_refusal_says_of_its_freshness_holds_for_its_URL_and_not_for_its_site(int status, int seconds)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status).Header("Cache-Control", $"max-age={seconds.ToString(CultureInfo.InvariantCulture)}"));
        var before = DateTimeOffset.UtcNow;

        var failed = await door.FailAsync(origin.Url("/feed"));

        var most = Math.Min(seconds, 2 * 86_400);
        failed.NotBefore!.Value.ShouldBeInRange(before.AddSeconds(most), DateTimeOffset.UtcNow.AddSeconds(most));
        if (status is 429 or 503) failed.HeldUntil!.Value.ShouldBeLessThan(before.AddMinutes(2));
        else failed.HeldUntil.ShouldBeNull();
    }

    [Fact]
    public async Task A_robots_file_in_trouble_is_tried_again_whatever_its_error_page_says()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/robots.txt", Reply.Error(500).Header("Cache-Control", "max-age=172800"));

        (await door.Fetcher.FetchAsync(new FetchRequest(origin.Url("/robots.txt"), FetchKind.Robots, null), TestContext.Current.CancellationToken))
            .NotBefore.ShouldBeNull();
    }

    [Theory]
    [InlineData("R")]
    [InlineData("dddd, dd-MMM-yy HH:mm:ss 'GMT'")]
    public async Task Retry_after_as_a_date_is_kept(string format)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        var date = DateTimeOffset.UtcNow.AddHours(2);
        origin.Serve("/feed", Reply.Error(429).RetryAfter(date.ToString(format, CultureInfo.InvariantCulture)));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.TooManyRequests);
        failed.RetryAfter!.Value.ShouldBeInRange(date.AddSeconds(-1), date.AddSeconds(1));
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Short_retry_after_is_waited_for(int status)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(status).RetryAfter(1), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(2);

        var at = origin.Requests.Select(r => r.At).ToList();
        (at[1] - at[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990));
    }

    [Theory]
    [InlineData("-5")]
    [InlineData("soon")]
    [InlineData("Tue, 24 Nov 1998 10:00:00 GMT")]
    public async Task Unreadable_or_past_retry_after_counts_as_none(string value)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Error(503).RetryAfter(value), Reply.Feed("<rss/>"));

        (await door.FetchWholeAsync(origin.Url("/feed"), FetchKind.Page)).Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Connection_that_is_hung_up_is_tried_again()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", new Reply { Ending = BodyEnding.HangUp }, Reply.Feed("<rss/>"));

        // The handler itself may repeat a request whose pooled connection broke before an answer.
        (await door.FetchAsync(origin.Url("/feed"))).ShouldBeOfType<FetchResult.Fetched>();
    }

    [Fact]
    public async Task Slow_answer_is_tried_again_until_the_total_is_spent()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.300", ["TotalTimeout"] = "00:00:00.450", ["Retries"] = "5" });
        origin.Serve("/feed", Reply.Feed("<rss/>").After(TimeSpan.FromSeconds(30)));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBeOneOf(FailureCause.TotalTimeout, FailureCause.AnswerTimeout);
        failed.Attempts.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Redirects_share_the_total()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:00.400", ["TotalTimeout"] = "00:00:00.500" });
        origin.ServeBelow("/n/", n => Reply.Redirect(302, "/n/" + n + "x").After(TimeSpan.FromMilliseconds(200)));

        (await door.FailAsync(origin.Url("/n/"))).Cause.ShouldBeOneOf(FailureCause.TotalTimeout, FailureCause.AnswerTimeout);
        origin.Requests.Count.ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Unknown_host_is_permanent_and_asked_once()
    {
        var asked = 0;
        await using var door = new Door(resolve: (_, _) =>
        {
            asked++;
            throw new SocketException((int)SocketError.HostNotFound);
        });

        var failed = await door.FailAsync(new Uri("http://nowhere.example/"));

        failed.Cause.ShouldBe(FailureCause.HostNotFound);
        failed.Kind.ShouldBe(FailureKind.Permanent);
        failed.Attempts.ShouldBe(1);
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task Silent_name_server_is_transient()
    {
        await using var door = new Door(resolve: (_, _) => throw new SocketException((int)SocketError.TryAgain));

        var failed = await door.FailAsync(new Uri("http://nowhere.example/"));

        failed.Cause.ShouldBe(FailureCause.NameServerFailed);
        failed.Kind.ShouldBe(FailureKind.Transient);
        failed.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Closed_port_is_transient()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        await using var door = new Door();

        var failed = await door.FailAsync(new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/"));

        failed.Cause.ShouldBe(FailureCause.ConnectFailed);
        failed.Kind.ShouldBe(FailureKind.Transient);
        failed.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task Connection_that_never_comes_is_a_connect_timeout()
    {
        await using var door = new Door(
            new() { ["ConnectTimeout"] = "00:00:00.200", ["Retries"] = "1" },
            connect: async (_, ct) =>
            {
                await Task.Delay(Timeout.Infinite, ct);
                throw new InvalidOperationException();
            });

        var failed = await door.FailAsync(new Uri("http://127.0.0.1:9/"));

        failed.Cause.ShouldBe(FailureCause.ConnectTimeout);
        failed.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Something_that_is_not_http_is_the_servers_fault()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        });
        await using var door = new Door();

        var failed = await door.FailAsync(new Uri($"http://{listener.LocalEndpoint}/"));

        failed.Cause.ShouldBe(FailureCause.ProtocolError);
        failed.Attempts.ShouldBe(1);
        await serving;
    }

    [Theory]
    [InlineData(CertificateFlaw.SelfSigned)]
    [InlineData(CertificateFlaw.Expired)]
    [InlineData(CertificateFlaw.WrongName)]
    public async Task Certificate_that_is_not_trusted_is_refused(CertificateFlaw flaw)
    {
        await using var origin = await ScriptedOrigin.StartAsync(flaw);
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>"));

        var failed = await door.FailAsync(origin.Url("/feed"));

        failed.Cause.ShouldBe(FailureCause.TlsFailed);
        failed.Kind.ShouldBe(FailureKind.Permanent);
        failed.Attempts.ShouldBe(1);
        origin.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Host_that_fails_again_and_again_is_left_alone()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door(new() { ["Retries"] = "0" });
        origin.Serve("/feed", Reply.Error(500));
        FetchResult.Failed failed;
        var fetches = 0;
        do
            failed = await door.FailAsync(origin.Url("/feed"));
        while (failed.Cause != FailureCause.CircuitOpen && ++fetches < 50);

        failed.Kind.ShouldBe(FailureKind.Transient);
        failed.Attempts.ShouldBe(0);
        failed.NotBefore.ShouldNotBeNull();
        origin.Requests.Count.ShouldBe(fetches);
        fetches.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Cancellation_passes_through()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/feed", Reply.Feed("<rss/>").After(TimeSpan.FromSeconds(30)));
        using var stop = new CancellationTokenSource();
        origin.OnRequest = _ => stop.Cancel();

        await Should.ThrowAsync<OperationCanceledException>(
            () => door.Fetcher.FetchAsync(new FetchRequest(origin.Url("/feed"), FetchKind.Feed, null), stop.Token));
    }
}
