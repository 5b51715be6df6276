using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Ingest.Text;

namespace Ingest.Worker.Archive.Import;

/// <summary>Reads the lines of a UTF-8 stream, however long they are, in bounded memory.</summary>
internal static class LineReader
{
    /// <summary>A longer line is cut: 16 MiB.</summary>
    public const int MaxLineBytes = 16 * 1024 * 1024;

    private const int BlockBytes = 128 * 1024;
    private const int KeptBytesOfCutLine = 256;

    /// <summary>The lines as text.</summary>
    public static async IAsyncEnumerable<TextLine> ReadAsync(Stream stream, int maxLineBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var line in ReadBytesAsync(stream, maxLineBytes, ct))
            yield return new TextLine(Encoding.UTF8.GetString(line.Bytes.Span), line.IsCut, IsRepaired: !line.IsCut && !Utf8.IsValid(line.Bytes.Span));
    }

    /// <summary>The lines as they are in the stream; each is gone when the next is asked for.</summary>
    public static async IAsyncEnumerable<ByteLine> ReadBytesAsync(Stream stream, int maxLineBytes, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[BlockBytes];
        int start = 0, scanned = 0, end = 0;
        var skipping = false;
        while (true)
        {
            var feed = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                var stop = scanned + feed;
                if (!skipping) yield return Line(buffer.AsMemory(start, stop - start), maxLineBytes);
                skipping = false;
                start = scanned = stop + 1;
                continue;
            }

            if (!skipping && end - start > maxLineBytes)
            {
                yield return Line(buffer.AsMemory(start, end - start), maxLineBytes);
                skipping = true;
            }

            if (skipping) start = end;
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            scanned = end;
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);

            // A terminal or pipe cannot be told to give up a read; it is left behind.
            var read = await stream.ReadAsync(buffer.AsMemory(end), ct).AsTask().WaitAsync(ct);
            if (read == 0) break;
            end += read;
        }

        if (!skipping && end > start) yield return Line(buffer.AsMemory(start, end - start), maxLineBytes);
    }

    private static ByteLine Line(ReadOnlyMemory<byte> bytes, int maxLineBytes) =>
        bytes.Length > maxLineBytes ? new ByteLine(bytes[..Math.Min(bytes.Length, KeptBytesOfCutLine)], IsCut: true) : new ByteLine(bytes, IsCut: false);
}

/// <summary>A line of a file, without its line feed.</summary>
/// <param name="Bytes">Its bytes; only the first when it was cut.</param>
/// <param name="IsCut">The line is longer than anyone should hold; the rest of it was skipped.</param>
internal readonly record struct ByteLine(ReadOnlyMemory<byte> Bytes, bool IsCut);
