namespace Ingest.Feeds;

/// <summary>What the bytes of a source turned out to be: a <see cref="FeedDocument"/> or <see cref="Unreadable"/>.</summary>
public abstract record FeedReading
{
    private protected FeedReading()
    {
    }

    /// <summary>The bytes are no feed, or a feed past its bounds.</summary>
    /// <param name="Reason">One sentence that says what is wrong and, where known, where (line or byte).</param>
    public sealed record Unreadable(string Reason) : FeedReading;
}
