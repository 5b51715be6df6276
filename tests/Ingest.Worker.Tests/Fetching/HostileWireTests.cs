using System.Net;
using System.Net.Sockets;
using System.Text;
using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Bodies;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Bytes no HTTP library would send.</summary>
[Collection(Alone.Name)]
public sealed class HostileWireTests
{
    [Theory]
    [InlineData("", "ConnectionLost")]
    [InlineData("\r\n\r\n", "ProtocolError, ConnectionLost")]
    [InlineData("220 mail.example ESMTP\r\n", "ProtocolError")]
    [InlineData("<html>HTTP 0.9</html>", "ProtocolError, ConnectionLost")]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", "ProtocolError")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "ProtocolError")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "ConnectionLost")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort", "ProtocolError, ConnectionLost, Fetched")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nshort", "ProtocolError, ConnectionLost, BodyTooLarge, Fetched")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n0\r\n\r\n", "ProtocolError, ConnectionLost")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", "ConnectionLost")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\nabc", "ProtocolError, ConnectionLost")]
    [InlineData("HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n", "HttpStatus")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: \r\nContent-Length: 0\r\n\r\n", "BadRedirect")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://[::1\r\nContent-Length: 0\r\n\r\n", "BadRedirect")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http:///\r\nContent-Length: 0\r\n\r\n", "BadRedirect")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\nContent-Length: 0\r\n\r\n", "BadRedirect")]
    [InlineData("HTTP/1.0 200 OK\r\n\r\nold but whole", "Fetched")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "Fetched")]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "Fetched")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: \u0000\u00ff;;;charset==\r\nETag:\r\nContent-Length: 2\r\n\r\nok", "Fetched, ProtocolError")]
    public async Task Odd_answers_have_a_named_outcome(string answer, string outcomes)
    {
        await using var wire = new Wire(Encoding.Latin1.GetBytes(answer), endless: false);
        await using var door = new Door(new() { ["Retries"] = "0" });

        var result = await door.FetchAsync(wire.Url);

        outcomes.Split(", ").ShouldContain(result is FetchResult.Failed failed ? failed.Cause.ToString() : "Fetched");
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK", "x")]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Long: ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X-Trailer: aaaaaaaaaaaaaaaaaaaaaaa\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1;extension=aaaaaaaaaaaaaaaaaaaaaaaa\r\na\r\n")]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    public async Task Endless_heads_and_tails_end_within_bounds(string start, string forever)
    {
        await using var wire = new Wire(Encoding.Latin1.GetBytes(start), endless: true, Encoding.Latin1.GetBytes(forever));
        await using var door = new Door(new() { ["Retries"] = "0", ["AttemptTimeout"] = "00:00:02", ["MaxFeedBytes"] = "1000000" });
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var failed = await door.FailAsync(wire.Url);

        failed.Cause
            .ShouldBeOneOf(
                FailureCause.HeadersTooLarge,
                FailureCause.AnswerTimeout,
                FailureCause.BodyTimeout,
                FailureCause.BodyTooLarge,
                FailureCause.ProtocolError,
                FailureCause.ConnectionLost);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public void Damaged_bodies_of_every_coding_have_a_value() =>
        Gen.Select(
            Gen.Int[0, 4],
            Gen.Byte.Array[1, 2000],
            Gen.Select(Gen.Int[0, 3000], Gen.Byte).Array[0, 6],
            Gen.Int[0, 3000]).Sample((coding, body, damage, length) =>
        {
            var name = new[] { "gzip", "br", "zstd", "deflate", "raw-deflate" }[coding];
            var coded = Coding.Encode(body, name);
            foreach (var (at, value) in damage)
                coded[at % coded.Length] = value;
            using var wire = new MemoryStream(coded, 0, Math.Min(length, coded.Length));
            var outcome = BodyReader
                .ReadAsync(
                    wire,
                    null,
                    [name == "raw-deflate" ? "deflate" : name],
                    new BodyLimits(1 << 20, 200),
                    unpackGzip: true,
                    static _ => ValueTask.CompletedTask,
                    CancellationToken.None)
                .GetAwaiter()
                .GetResult();
            outcome.WireBytes.ShouldBeLessThanOrEqualTo(coded.Length);
        }, iter: 2000);

    /// <summary>A server of raw bytes: reads a request's head, writes its answer, and hangs up or goes on forever.</summary>
    private sealed class Wire : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource stop = new();
        private readonly Task serving;

        public Wire(byte[] answer, bool endless, byte[]? forever = null)
        {
            listener.Start();
            Url = new Uri($"http://{listener.LocalEndpoint}/feed");
            serving = ServeAsync(answer, endless ? Enumerable.Repeat(forever!, 500).SelectMany(b => b).ToArray() : null);
        }

        public Uri Url { get; }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            listener.Stop();
            await serving;
            stop.Dispose();
        }

        private async Task ServeAsync(byte[] answer, byte[]? forever)
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    try
                    {
                        var stream = client.GetStream();
                        await stream.ReadAtLeastAsync(new byte[4096], 20, throwOnEndOfStream: false, stop.Token);
                        await stream.WriteAsync(answer, stop.Token);
                        while (forever is not null)
                            await stream.WriteAsync(forever, stop.Token);
                        client.Client.Shutdown(SocketShutdown.Send);
                        // Until the reader hangs up too, so that no reset overtakes the answer.
                        await stream.ReadAsync(new byte[1], stop.Token);
                    }
                    catch (IOException)
                    {
                        // It hung up first.
                    }
                }
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
            {
                // Stopped.
            }
        }
    }
}
