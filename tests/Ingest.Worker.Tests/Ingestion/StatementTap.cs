using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>Stands between Npgsql and PostgreSQL and notes the statements that go through, those included that Npgsql sends of itself.</summary>
internal sealed class StatementTap : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> statements = new();
    private readonly CancellationTokenSource ended = new();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly EndPoint server;
    private readonly Task work;

    public StatementTap(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        server = settings.Host!.StartsWith('/')
            ? new UnixDomainSocketEndPoint($"{settings.Host}/.s.PGSQL.{settings.Port}")
            : new IPEndPoint(IPAddress.Loopback, settings.Port);
        listener.Start();
        (settings.Host, settings.Port, settings.SslMode) = ("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, SslMode.Disable);
        ConnectionString = settings.ConnectionString;
        work = AcceptAsync();
    }

    /// <summary>The way through the tap.</summary>
    public string ConnectionString { get; }

    /// <summary>What was said while something was done.</summary>
    public async Task<IReadOnlyList<string>> HearAsync(Func<Task> act)
    {
        statements.Clear();
        await act();
        return [.. statements];
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await work;
        listener.Dispose();
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true) sessions.Add(RelayAsync(await listener.AcceptSocketAsync(ended.Token)));
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var own = client;
        using var far = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        var reading = new FrontendReader(statements.Enqueue);
        try
        {
            await far.ConnectAsync(server, ended.Token);
            await Task.WhenAny(PassAsync(client, far, reading.Take), PassAsync(far, client, static _ => { }));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // Whoever hung up has ended the session.
        }
    }

    private async Task PassAsync(Socket from, Socket to, Action<ReadOnlySpan<byte>> look)
    {
        var buffer = new byte[64 << 10];
        while (await from.ReceiveAsync(buffer, ended.Token) is > 0 and var count)
        {
            look(buffer.AsSpan(0, count));
            for (var sent = 0; sent < count;) sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), ended.Token);
        }
    }
}
