using System.Globalization;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Transfers that do not end where they said they would are asked for again, whatever carries them.</summary>
public sealed class TransferTests
{
    private static readonly byte[] Whole = Encoding.UTF8.GetBytes(
        "<rss>" + string.Join("", Enumerable.Range(0, 400).Select(static i => (i * 7919 % 104729).ToString(CultureInfo.InvariantCulture))) + "</rss>");

    [Theory]
    [InlineData(null, 2800, 900, Http2Ending.EndStream)]
    [InlineData(null, 100, 900, Http2Ending.EndStream)]
    [InlineData(null, 0, 900, Http2Ending.EndStream)]
    [InlineData(null, 2800, 0, Http2Ending.EndStream)]
    [InlineData(null, 2800, 900, Http2Ending.ResetWithoutError)]
    [InlineData(null, 2800, 900, Http2Ending.Reset)]
    [InlineData(null, 2800, 900, Http2Ending.HangUp)]
    [InlineData(null, null, 900, Http2Ending.Reset)]
    [InlineData(null, null, 900, Http2Ending.HangUp)]
    [InlineData("gzip", 2800, null, Http2Ending.EndStream)]
    [InlineData("br", 2800, null, Http2Ending.EndStream)]
    [InlineData("zstd", 2800, null, Http2Ending.EndStream)]
    [InlineData("deflate", 2800, null, Http2Ending.EndStream)]
    [InlineData("raw-deflate", 2800, null, Http2Ending.EndStream)]
    [InlineData("gzip", 2800, 300, Http2Ending.EndStream)]
    [InlineData("br", 2800, 300, Http2Ending.EndStream)]
    [InlineData("zstd", null, 300, Http2Ending.EndStream)]
    [InlineData("gzip", null, 300, Http2Ending.EndStream)]
    [InlineData("br", null, null, Http2Ending.Reset)]
    [InlineData("gzip", null, null, Http2Ending.HangUp)]
    public async Task A_broken_transfer_in_HTTP2_is_asked_again(string? coding, int? declared, int? sent, Http2Ending ending)
    {
        using var authority = new Authority();
        using var leaf = authority.Issue();
        var coded = coding is null ? Whole : Coding.Encode(Whole, coding);
        (string, string)[] encoding = coding is null ? [] : [("content-encoding", coding == "raw-deflate" ? "deflate" : coding)];
        (string, string)[] length = declared is { } bytes ? [("content-length", bytes.ToString(CultureInfo.InvariantCulture))] : [];
        foreach (var kind in Enum.GetValues<FetchKind>())
        {
            await using var server = Http2Reply.Serve(
                leaf, authority.Intermediate, new Http2Reply(coded[..Math.Min(sent ?? coded.Length, coded.Length)], ending, 200, [.. encoding, .. length]),
                new Http2Reply(coded, Headers: encoding));
            await using var door = new Door(trust: new CertificateTrust(authority.Root));

            var fetched = await door.FetchWholeAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"), kind);

            fetched.Body.ShouldBe(Whole);
            fetched.Attempts.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nContent-Length: 5\r\n\r\nshort")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nsho")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n0\r\n")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nshort")]
    [InlineData("HTTP/1.1 410 Gone\r\nContent-Length: 100\r\n\r\nshort")]
    public async Task A_broken_transfer_in_HTTP1_is_asked_again(string broken)
    {
        await using var server = WireServer.OfAnswers(Encoding.Latin1.GetBytes(broken), "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole"u8.ToArray());
        await using var door = new Door();

        var fetched = await door.FetchWholeAsync(new Uri($"http://127.0.0.1:{server.Port}/feed"));

        Encoding.UTF8.GetString(fetched.Body).ShouldBe("whole");
        fetched.Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("br", true)]
    [InlineData("zstd", true)]
    [InlineData("deflate", true)]
    [InlineData("gzip", false)]
    [InlineData("br", false)]
    public async Task A_coding_that_is_whole_does_not_excuse_a_transfer_that_is_not(string coding, bool chunked)
    {
        var coded = Coding.Encode(Whole, coding);
        var frame = chunked
            ? "Transfer-Encoding: chunked\r\n\r\n" + coded.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"
            : "Content-Length: " + (coded.Length + 10).ToString(CultureInfo.InvariantCulture) + "\r\n\r\n";
        await using var server = WireServer.OfAnswers(
            [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Encoding: {coding}\r\n{frame}"), .. coded],
            [.. Encoding.ASCII.GetBytes($"HTTP/1.0 200 OK\r\nContent-Encoding: {coding}\r\n\r\n"), .. coded]);
        await using var door = new Door();

        var fetched = await door.FetchWholeAsync(new Uri($"http://127.0.0.1:{server.Port}/feed"));

        fetched.Body.ShouldBe(Whole);
        fetched.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_refusal_that_is_cut_keeps_its_Retry_After_and_is_not_asked_again()
    {
        foreach (var (status, kind) in new[] { ("429", FetchKind.Feed), ("503", FetchKind.Page), ("503", FetchKind.Robots) })
        {
            await using var server = WireServer.OfAnswers(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 {status} Busy\r\nRetry-After: 3600\r\nContent-Length: 100\r\n\r\nshort"));
            await using var door = new Door();
            var url = new Uri($"http://127.0.0.1:{server.Port}/feed");

            var failed = await door.FailAsync(url, kind);

            (failed.Status.ToString(CultureInfo.InvariantCulture), failed.Attempts, server.Connections).ShouldBe((status, 1, 1));
            failed.RetryAfter.ShouldNotBeNull();
            (await door.FailAsync(url, kind)).Cause.ShouldBe(FailureCause.HostWaits);
        }
    }

    [Fact]
    public async Task An_answer_without_a_body_may_declare_any_length()
    {
        using var authority = new Authority();
        using var leaf = authority.Issue();
        await using var server = Http2Reply.Serve(leaf, authority.Intermediate, new Http2Reply([], Status: 304, Headers: ("content-length", "2800")));
        await using var door = new Door(trust: new CertificateTrust(authority.Root));

        (await door.FetchAsync(new Uri($"https://127.0.0.1:{server.Port}/feed"), validators: new Validators("\"a\"", null)))
            .ShouldBeOfType<FetchResult.NotModified>().Attempts.ShouldBe(1);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("deflate")]
    [InlineData("raw-deflate")]
    public async Task A_coding_cut_anywhere_is_not_whole_and_worth_another_try(string coding)
    {
        var coded = Coding.Encode(Whole, coding);
        for (var length = 8; length < coded.Length; length++)
        {
            using var wire = new MemoryStream(coded, 0, length);
            var outcome = await BodyReader.ReadAsync(
                wire, null, [coding == "raw-deflate" ? "deflate" : coding], new BodyLimits(1 << 20, 200), unpackGzip: false,
                static _ => ValueTask.CompletedTask, TestContext.Current.CancellationToken);
            outcome.ShouldBeOfType<BodyOutcome.Refused>(string.Create(
                CultureInfo.InvariantCulture, $"cut at {length} of {coded.Length}")).StopsShort.ShouldBeTrue();
        }
    }
}
