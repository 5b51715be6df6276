using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Servers that read a request and hang up: how often they are asked, and how fast.</summary>
public sealed class DroppedConnectionTests
{
    private const string Whole = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>";

    private readonly ConcurrentQueue<TimeSpan> requests = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();

    [Theory]
    [InlineData("", "0", 1)]
    [InlineData("", "2", 3)]
    [InlineData("HTTP/1.1 2", "0", 1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", "2", 3)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n<rss", "0", 1)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n<rss", "2", 3)]
    public async Task A_new_connection_that_is_dropped_is_one_request_and_second_tries_keep_the_hosts_pace(string answer, string retries, int asked)
    {
        await using var server = Serve((_, _) => answer);
        await using var door = new Door(new() { ["Retries"] = retries, ["MinimumHostDelay"] = "00:00:00.400" });

        (await door.FailAsync(Url(server))).Cause.ShouldBe(FailureCause.ConnectionLost);

        requests.Count.ShouldBe(asked);
        server.Connections.ShouldBe(asked);
        ShouldKeepPace();
    }

    [Theory]
    [InlineData("0", 1)]
    [InlineData("2", 3)]
    public async Task A_new_connection_that_is_reset_is_one_request(string retries, int asked)
    {
        await using var server = new WireServer(async (stream, ct) =>
        {
            await ReadAsync(stream, ct);
            ((NetworkStream)stream).Socket.Close(0);
        });
        await using var door = new Door(new() { ["Retries"] = retries, ["MinimumHostDelay"] = "00:00:00.400" });

        (await door.FailAsync(Url(server))).Cause.ShouldBe(FailureCause.ConnectionLost);

        requests.Count.ShouldBe(asked);
        server.Connections.ShouldBe(asked);
        ShouldKeepPace();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("2")]
    public async Task A_connection_that_was_kept_open_and_is_dropped_is_replaced_once_without_second_tries_too(string retries)
    {
        // The first connection answers once; each one after it answers whatever it is asked.
        await using var server = Serve((connection, request) => connection == 1 && request == 2 ? "" : Whole);
        await using var door = new Door(new() { ["Retries"] = retries, ["MinimumHostDelay"] = "00:00:00.400" });

        await door.FetchWholeAsync(Url(server));
        (await door.FetchWholeAsync(Url(server))).Attempts.ShouldBe(2);

        (requests.Count, server.Connections).ShouldBe((3, 2));
        ShouldKeepPace();
    }

    [Theory]
    [InlineData("0", 2)]
    [InlineData("2", 3)]
    public async Task A_server_that_answers_no_more_is_not_asked_beyond_the_second_tries(string retries, int asked)
    {
        await using var server = Serve((connection, request) => connection == 1 && request == 1 ? Whole : "");
        await using var door = new Door(new() { ["Retries"] = retries, ["MinimumHostDelay"] = "00:00:00.400" });

        await door.FetchWholeAsync(Url(server));
        (await door.FailAsync(Url(server))).Attempts.ShouldBe(asked);

        requests.Count.ShouldBe(1 + asked);
        ShouldKeepPace();
    }

    [Theory]
    [InlineData(Http2Ending.Refuse, "0", 2)]
    [InlineData(Http2Ending.Refuse, "2", 3)]
    [InlineData(Http2Ending.GoAway, "0", 2)]
    [InlineData(Http2Ending.GoAway, "2", 3)]
    [InlineData(Http2Ending.HangUp, "0", 1)]
    [InlineData(Http2Ending.HangUp, "2", 3)]
    [InlineData(Http2Ending.Reset, "2", 3)]
    [InlineData(Http2Ending.WantOlder, "0", 1)]
    [InlineData(Http2Ending.WantOlder, "2", 3)]
    public async Task Over_HTTP_2_as_well(Http2Ending ending, string retries, int asked)
    {
        using var authority = new Authority();
        using var leaf = authority.Issue();
        await using var server = Http2Reply.Serve(leaf, authority.Intermediate, new Http2Reply("<rss"u8.ToArray(), ending, Headers: ("content-length", "600")));
        await using var door = new Door(new() { ["Retries"] = retries, ["MinimumHostDelay"] = "00:00:00.400" }, trust: new CertificateTrust(authority.Root));
        var before = clock.Elapsed;

        (await door.FailAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"))).Attempts.ShouldBe(asked);

        (clock.Elapsed - before).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(395 * (asked - 1)));
    }

    private static Uri Url(WireServer server) => new($"http://127.0.0.1:{server.Port}/feed");

    private WireServer Serve(Func<int, int, string> answer)
    {
        var connections = 0;
        return new WireServer(async (stream, ct) =>
        {
            var connection = Interlocked.Increment(ref connections);
            for (var request = 1; await ReadAsync(stream, ct); request++)
            {
                var said = answer(connection, request);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(said), ct);
                if (said != Whole) return;
            }
        });
    }

    private async Task<bool> ReadAsync(Stream stream, CancellationToken ct)
    {
        if ((await WireServer.ReadHeadAsync(stream, ct)).Length == 0) return false;
        requests.Enqueue(clock.Elapsed);
        return true;
    }

    // From before the first, so that however slow the machine is, less can only be a request out of turn.
    private void ShouldKeepPace() => requests.Last().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(395) * (requests.Count - 1));
}
