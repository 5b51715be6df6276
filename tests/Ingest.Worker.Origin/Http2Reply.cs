using System.Buffers.Binary;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ingest.Worker.Origin;

/// <summary>How an HTTP/2 stream ends after its data.</summary>
public enum Http2Ending
{
    EndStream,

    /// <summary>RST_STREAM with NO_ERROR.</summary>
    ResetWithoutError,

    /// <summary>RST_STREAM with CANCEL.</summary>
    Reset,

    /// <summary>The connection breaks.</summary>
    HangUp,

    /// <summary>RST_STREAM with REFUSED_STREAM in the answer's place.</summary>
    Refuse,

    /// <summary>RST_STREAM with HTTP_1_1_REQUIRED in the answer's place.</summary>
    WantOlder,

    /// <summary>GOAWAY in the answer's place: no stream was looked at.</summary>
    GoAway,
}

/// <summary>An answer in HTTP/2 frames that no library would send: what it declares and what it brings need not agree.</summary>
public sealed record Http2Reply(byte[] Body, Http2Ending Ending = Http2Ending.EndStream, int Status = 200, params (string Name, string Value)[] Headers)
{
    private const byte Data = 0, HeadersFrame = 1, ResetStream = 3, Settings = 4, Ping = 6, GoingAway = 7;

    /// <summary>A server that answers each request with the next of the replies, the last one forever.</summary>
    public static WireServer Serve(X509Certificate2 leaf, X509Certificate2 intermediate, params Http2Reply[] replies)
    {
        var next = -1;
        return new WireServer(async (wire, ct) =>
        {
            await using var stream = await WireServer.SecureAsync(wire, leaf, intermediate, SslApplicationProtocol.Http2, ct);
            await stream.ReadExactlyAsync(new byte[24], ct);
            await SendAsync(stream, Settings, 0, 0, [], ct);
            while (true)
            {
                var head = new byte[9];
                await stream.ReadExactlyAsync(head, ct);
                var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
                await stream.ReadExactlyAsync(payload, ct);
                if (head[3] is Settings or Ping && (head[4] & 1) == 0)
                    await SendAsync(stream, head[3], 1, 0, head[3] == Ping ? payload : [], ct);
                if (head[3] == HeadersFrame
                    && !await replies[Math.Min(Interlocked.Increment(ref next), replies.Length - 1)].SendAsync(
                        stream, BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), ct))
                    return;
            }
        });
    }

    private async Task<bool> SendAsync(Stream stream, int id, CancellationToken ct)
    {
        if (Ending is Http2Ending.Refuse or Http2Ending.WantOlder)
        {
            await SendAsync(stream, ResetStream, 0, id, [0, 0, 0, Ending == Http2Ending.Refuse ? (byte)7 : (byte)13], ct);
            return true;
        }

        if (Ending is Http2Ending.GoAway)
        {
            await SendAsync(stream, GoingAway, 0, 0, new byte[8], ct);
            return false;
        }

        byte[] block = [.. Field(":status", Status.ToString(CultureInfo.InvariantCulture)), .. Headers.SelectMany(static h => Field(h.Name, h.Value))];
        await SendAsync(stream, HeadersFrame, 4, id, block, ct);
        await SendAsync(stream, Data, Ending == Http2Ending.EndStream ? (byte)1 : (byte)0, id, Body, ct);
        if (Ending is Http2Ending.Reset or Http2Ending.ResetWithoutError)
            await SendAsync(stream, ResetStream, 0, id, [0, 0, 0, Ending == Http2Ending.Reset ? (byte)8 : (byte)0], ct);
        return Ending != Http2Ending.HangUp;
    }

    // RFC 7541, section 6.2.2: a literal field without indexing, new name, no Huffman code.
    private static byte[] Field(string name, string value) =>
        [0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), (byte)value.Length, .. Encoding.Latin1.GetBytes(value)];

    private static async Task SendAsync(Stream stream, byte type, byte flags, int id, byte[] payload, CancellationToken ct)
    {
        byte[] frame = [(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, 0, 0, 0, 0, .. payload];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), id);
        await stream.WriteAsync(frame, ct);
    }
}
