using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

/// <summary>Hosts that cannot be reached, and what answers there that is no server of the web.</summary>
public sealed class NetworkFaultTests
{
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
}
