using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ingest.Worker.Tests.Ingestion;

/// <summary>
/// Reads what a client of PostgreSQL says (the documentation's chapter "Frontend/Backend Protocol"), and tells each statement that it has run.
/// </summary>
internal sealed class FrontendReader(Action<string> ran)
{
    // A request for encryption or to cancel, in the place of a session's first message.
    private const int FirstSpecialCode = 80_877_102;

    private readonly List<byte> pending = [];
    private readonly Dictionary<string, string> prepared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> bound = new(StringComparer.Ordinal);
    private bool isOpen;

    public void Take(ReadOnlySpan<byte> bytes)
    {
        pending.AddRange(bytes);
        while (true)
        {
            var head = isOpen ? 1 : 0;
            if (pending.Count < head + 4) return;
            var span = CollectionsMarshal.AsSpan(pending);
            var length = BinaryPrimitives.ReadInt32BigEndian(span[head..]);
            if (pending.Count < head + length) return;
            var body = span[(head + 4)..(head + length)];
            if (isOpen) Read((char)span[0], body);
            else isOpen = BinaryPrimitives.ReadInt32BigEndian(body) < FirstSpecialCode;
            pending.RemoveRange(0, head + length);
        }
    }

    private void Read(char kind, ReadOnlySpan<byte> body)
    {
        switch (kind)
        {
            case 'Q':
                foreach (var statement in Text(ref body).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)) ran(statement);
                break;
            case 'P':
                var name = Text(ref body);
                prepared[name] = Text(ref body);
                break;
            case 'B':
                var portal = Text(ref body);
                bound[portal] = prepared[Text(ref body)];
                break;
            case 'E':
                ran(bound[Text(ref body)]);
                break;
            default:
                break;
        }
    }

    private static string Text(ref ReadOnlySpan<byte> body)
    {
        var end = body.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(body[..end]);
        body = body[(end + 1)..];
        return text;
    }
}
