using System.Globalization;
using System.Text;

namespace Ingest.Worker.Origin;

/// <summary>How one request is answered. Build from a factory, refine with the fluent methods.</summary>
public sealed record Reply
{
    public int Status { get; init; } = 200;

    /// <summary>Header fields in order, each char one byte of the wire (Latin-1).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The body as sent.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Wait before the head.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Bytes sent at a time; 0 for all at once.</summary>
    public int PieceBytes { get; init; }

    /// <summary>Wait between pieces.</summary>
    public TimeSpan PieceDelay { get; init; }

    public BodyEnding Ending { get; init; }

    /// <summary>Whether a request with the very validators of <see cref="Headers"/> is answered with 304.</summary>
    public bool ComparesValidators { get; init; } = true;

    /// <summary>Whether every conditional request is answered with 304, whatever changed.</summary>
    public bool AlwaysNotModified { get; init; }

    public static Reply Ok(string body, string contentType = "text/plain; charset=utf-8") => Ok(Encoding.UTF8.GetBytes(body), contentType);

    public static Reply Ok(ReadOnlyMemory<byte> body, string contentType) => new Reply { Body = body }.Header("Content-Type", contentType);

    public static Reply Feed(string xml) => Ok(xml, "application/rss+xml; charset=utf-8");

    public static Reply Page(string html) => Ok(html, "text/html; charset=utf-8");

    public static Reply Error(int status, string body = "") => Ok(body) with { Status = status };

    public static Reply Redirect(int status, string location) => new Reply { Status = status }.Header("Location", location);

    /// <summary>304 whatever was asked.</summary>
    public static Reply NotModified() => new() { Status = 304 };

    /// <summary>A small body that decodes to <paramref name="inflatedBytes"/> zeros; several codings are applied in order.</summary>
    public static Reply Bomb(long inflatedBytes, params string[] codings) =>
        new Reply { Body = Coding.Zeros(inflatedBytes, codings) }.Header("Content-Type", "application/xml").Header("Content-Encoding", string.Join(
            ", ", codings));

    /// <summary>A body that never ends.</summary>
    public static Reply Endless(string piece) => Ok(piece, "application/xml") with { Ending = BodyEnding.Never };

    /// <summary>Adds a field; several of one name are sent as several.</summary>
    public Reply Header(string name, string value) => this with { Headers = [.. Headers, KeyValuePair.Create(name, value)] };

    public Reply ETag(string value) => Header("ETag", value);

    public Reply LastModified(string value) => Header("Last-Modified", value);

    public Reply RetryAfter(string value) => Header("Retry-After", value);

    public Reply RetryAfter(int seconds) => RetryAfter(seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Codes the body: gzip, br, zstd, deflate (zlib format) or raw-deflate.</summary>
    public Reply Coded(string coding) =>
        (this with { Body = Coding.Encode(Body.Span, coding) }).Header("Content-Encoding", coding == "raw-deflate" ? "deflate" : coding);

    /// <summary>Sends the body in pieces.</summary>
    public Reply Slowly(int pieceBytes, TimeSpan pieceDelay) => this with { PieceBytes = pieceBytes, PieceDelay = pieceDelay };

    public Reply After(TimeSpan delay) => this with { Delay = delay };

    /// <summary>Adds fields until they are about that large.</summary>
    public Reply WithHeaderFlood(int bytes) =>
        this with
        {
            Headers =
            [
                .. Headers,
                .. Enumerable.Range(0, (bytes / 1024) + 1).Select(
                    i => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"X-Flood-{i}"), new string('x', 1000))),
            ],
        };

    /// <summary>Announces the whole body and hangs up in its middle.</summary>
    public Reply CutShort() => this with { Ending = BodyEnding.CutShort };

    /// <summary>Never compares validators: answers in full each time.</summary>
    public Reply Unconditional() => this with { ComparesValidators = false };

    internal string? Field(string name) => Headers.LastOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}

/// <summary>How a body ends.</summary>
public enum BodyEnding
{
    Whole,

    /// <summary>It is sent again and again.</summary>
    Never,

    /// <summary>The connection breaks in its middle.</summary>
    CutShort,

    /// <summary>The connection breaks before the head (RST).</summary>
    HangUp,

    /// <summary>The connection is closed before the head, in all order (FIN).</summary>
    Close,
}
