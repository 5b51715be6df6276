using System.IO;
using System.Threading.Tasks;

namespace Ingest.Worker.Fetching.Wire;

/// <summary>A request left, or was about to leave once more, and no byte of an answer came.</summary>
/// <param name="message">What happened.</param>
/// <param name="mayRepeat">Whether the server most likely never saw the request.</param>
/// <param name="inner">How it was told.</param>
internal sealed class UnansweredException(string message, bool mayRepeat, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether the server most likely never saw the request: it had closed a connection that was kept open, or says so itself.</summary>
    public bool MayRepeat => mayRepeat;
}

/// <summary>
/// A connection that is told apart by whether it ever answered. One that ends before the first byte of an answer ends with an
/// <see cref="UnansweredException"/>: at a mere end the HTTP handler would ask again three times at once on new connections, past the host's pace. A server may
/// close a connection that was kept open just as it is used again, for which RFC 9112, section 9.3.1, allows to repeat the request; one that closes a new
/// connection has read the request and does not want it.
/// </summary>
internal sealed class AnswerStream(Stream wire) : WireStream(wire)
{
    private bool asks, hasAnswered, hasStreams;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        asks = true;
        // The preface of HTTP/2 (RFC 9113, section 3.4). Its frames go both ways at any time, so bytes are no sign of an answer; its servers say themselves
        // what they did not take.
        hasStreams |= !hasAnswered && buffer.Span.StartsWith("PRI * HTTP/2"u8);
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw Unanswered(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await base.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e) when (asks)
        {
            throw Unanswered(e);
        }

        if (buffer.IsEmpty)
            return read;
        if (read == 0 && asks)
            throw Unanswered(null);
        if (read > 0)
            (asks, hasAnswered) = (false, true);
        return read;
    }

    private UnansweredException Unanswered(IOException? inner) => hasAnswered && !hasStreams
        ? new("the server had closed the connection that was kept open", mayRepeat: true, inner)
        : new("the server closed the connection without an answer", mayRepeat: false, inner);
}
