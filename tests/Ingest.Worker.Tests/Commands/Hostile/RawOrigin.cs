using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ingest.Worker.Tests.Commands.Hostile;

/// <summary>An origin on loopback that answers with whatever bytes it is told to, one request a connection.</summary>
internal sealed class RawOrigin : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<string, byte[]> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task serving;

    public RawOrigin()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The heads of all requests so far.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>What a path answers, whatever its query: a head without its last line break, each character a byte, and a body in UTF-8.</summary>
    public RawOrigin Serve(string path, string head, string body = "")
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        answers[path] =
        [
            .. Encoding.Latin1.GetBytes(FormattableString.Invariant($"{head}\r\nContent-Length: {bytes.Length}\r\nConnection: close\r\n\r\n")),
            .. bytes,
        ];
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test has ended.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var head = new StringBuilder();
            var buffer = new byte[4096];
            while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is var read and > 0)
                head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            requests.Enqueue(head.ToString());
            var path = head.ToString().Split(' ') is [_, var target, ..] ? target.Split('?')[0] : "";
            await stream.WriteAsync(answers.GetValueOrDefault(path) ?? "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
        }
        catch (IOException)
        {
            // The worker hung up.
        }
    }
}
