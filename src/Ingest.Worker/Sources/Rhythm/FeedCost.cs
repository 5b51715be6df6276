namespace Ingest.Worker.Sources.Rhythm;

/// <summary>
/// What a feed costs its server: the bytes of the bodies that it sent, by the pieces of news that they brought. Both fade with each body, so that the
/// last twenty or so count.
/// </summary>
/// <param name="Bytes">Bytes as they were sent.</param>
/// <param name="News">Entries that were new.</param>
/// <param name="Vain">Bodies without news since the server last answered 304: of one that does, these are few.</param>
internal sealed record FeedCost(double Bytes, double News, int Vain)
{
    private const double Fading = 0.95;

    // Checks without validators cost a body once in a while, and so does a feed that was only touched.
    private const int EnoughInVain = 3;

    private const double LongestStretch = 4;

    public static FeedCost None { get; } = new(0, 0, 0);

    /// <summary>Bytes for each piece of news; null before any body came.</summary>
    public double? PerNews => Bytes > 0 ? Bytes / Math.Max(News, 1) : null;

    /// <summary>Takes in a poll that was answered.</summary>
    /// <param name="outcome">Its end.</param>
    /// <param name="isFirst">The feed was not known before, and its entries are no news but its history.</param>
    public FeedCost After(PollOutcome outcome, bool isFirst)
    {
        if (outcome.BodyBytes == 0) return this with { Vain = 0 };
        var news = outcome is PollOutcome.Read read ? read.News.Count : 0;
        if (isFirst && news > 1) news = 1;
        return new FeedCost((Bytes * Fading) + outcome.BodyBytes, (News * Fading) + news, news > 0 ? Vain : Math.Min(Vain + 1, 1000));
    }

    /// <summary>How many times longer its intervals are for what a piece of its news costs above what is fair; 1 for a server that answers 304.</summary>
    public double Stretch(long fair) => Vain >= EnoughInVain && PerNews is { } spent ? Math.Clamp(spent / fair, 1, LongestStretch) : 1;
}
