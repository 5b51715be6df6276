namespace Ingest.Worker.Fetching.Answers;

/// <summary>What one request brought: an <see cref="Answer"/> or a <see cref="Fault"/>.</summary>
internal abstract record Exchange
{
    private Exchange()
    {
    }

    /// <summary>Body bytes on the wire.</summary>
    public long WireBytes { get; init; }

    /// <summary>An HTTP answer of any status. Bodies of redirects are not read, those of errors only in part.</summary>
    internal sealed record Answer(AnswerHead Head, byte[] Body) : Exchange;

    /// <summary>No answer, or one that had to be refused.</summary>
    /// <param name="Kind">What it says about trying again later.</param>
    /// <param name="Cause">Its name.</param>
    /// <param name="Reason">One sentence for people.</param>
    /// <param name="Status">HTTP status where the head had come; else 0.</param>
    /// <param name="Retry">Whether trying again at once may help.</param>
    internal sealed record Fault(FailureKind Kind, FailureCause Cause, string Reason, int Status = 0, bool Retry = false) : Exchange
    {
        /// <summary>The earliest useful time of the next request; null when unknown.</summary>
        public DateTimeOffset? NotBefore { get; init; }

        /// <summary>Whether the server most likely never saw the request, so that it is sent once more even where there are no second tries.</summary>
        public bool Repeat { get; init; }
    }
}
