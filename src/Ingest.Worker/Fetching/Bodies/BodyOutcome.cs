namespace Ingest.Worker.Fetching.Bodies;

/// <summary>What became of a response's body: <see cref="Whole"/> or <see cref="Refused"/>.</summary>
internal abstract record BodyOutcome
{
    private BodyOutcome()
    {
    }

    /// <summary>Body bytes on the wire.</summary>
    public required long WireBytes { get; init; }

    /// <summary>The decoded body, or the part of it that <see cref="BodyLimits.Truncate"/> keeps.</summary>
    internal sealed record Whole(byte[] Bytes) : BodyOutcome;

    internal sealed record Refused(FailureCause Cause, string Reason) : BodyOutcome
    {
        /// <summary>Whether the next transfer may bring more: this one ended inside its coding.</summary>
        public bool StopsShort { get; init; }
    }
}

/// <summary>A transfer that did not end where it said it would; the message is for people.</summary>
internal sealed class BrokenTransferException(string message) : System.IO.IOException(message);

/// <summary>Bounds of a body.</summary>
/// <param name="MaxBytes">Largest size, on the wire as well as after decoding.</param>
/// <param name="MaxInflation">Largest ratio of decoded to wire bytes, judged from 1 MiB on.</param>
/// <param name="Truncate">Whether a larger body is cut instead of refused.</param>
internal sealed record BodyLimits(long MaxBytes, int MaxInflation, bool Truncate = false);
