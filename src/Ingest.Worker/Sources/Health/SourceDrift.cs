namespace Ingest.Worker.Sources.Health;

/// <summary>What of an article tells whether its source has drifted.</summary>
/// <param name="Article">Its number.</param>
/// <param name="Words">Words of its text.</param>
/// <param name="IsDated">Whether it states a date.</param>
/// <param name="Beginning">A hash of how its text begins; null without a text.</param>
internal readonly record struct ArticleSample(long Article, int Words, bool IsDated, long? Beginning);

/// <summary>What is usual with a source's articles, and in what the last ones differ. Each article takes the same few steps, however many there were.</summary>
internal sealed record SourceDrift
{
    // How many articles are remembered with their beginnings: templates may take turns, and an article may be told of twice.
    private const int Remembered = 4;

    private const double ShortShare = 0.25, Freshness = 1.0 / 64;

    public static SourceDrift New { get; } = new();

    /// <summary>Geometric mean of the words of those that have a text; 0 before the first.</summary>
    public double UsualWords { get; init; }

    /// <summary>The last articles, the newest first, with hashes of how their texts begin.</summary>
    public IReadOnlyList<(long Article, long Beginning)> Last { get; init; } = [];

    /// <summary>One watch a kind, in the order of <see cref="DriftKind"/>.</summary>
    public IReadOnlyList<DriftWatch> Watches { get; init; } = [.. Enum.GetValues<DriftKind>().Select(static _ => DriftWatch.New)];

    /// <summary>In what its articles are no longer what they were.</summary>
    public IReadOnlyList<DriftKind> Kinds => [.. Enum.GetValues<DriftKind>().Where(kind => this[kind].Drifts)];

    public DriftWatch this[DriftKind kind] => Watches[(int)kind];

    /// <summary>Takes in an article that is complete.</summary>
    public SourceDrift With(ArticleSample sample)
    {
        if (Last.Any(known => known.Article == sample.Article)) return this;
        var after = Watched((DriftKind.Empty, sample.Words == 0), (DriftKind.Undated, !sample.IsDated));
        if (sample.Words == 0) return after;
        var share = Math.Max(Freshness, 1.0 / (this[DriftKind.Short].Seen + 1));
        var words = UsualWords <= 0 ? sample.Words : Math.Exp(((1 - share) * Math.Log(UsualWords)) + (share * Math.Log(sample.Words)));
        var isShort = sample.Words < UsualWords * ShortShare;
        after = after.Watched((DriftKind.Short, isShort)) with { UsualWords = words };
        if (sample.Beginning is not { } beginning) return after;
        return after.Watched((DriftKind.Repeated, Last.Any(known => known.Beginning == beginning))) with
        {
            Last = [(sample.Article, beginning), .. Last.Take(Remembered - 1)],
        };
    }

    /// <summary>Takes in the page of an article, which was one or was not.</summary>
    public SourceDrift WithPage(bool isRejected) => Watched((DriftKind.Rejected, isRejected));

    private SourceDrift Watched(params ReadOnlySpan<(DriftKind Kind, bool HasFault)> seen)
    {
        var watches = Watches.ToArray();
        foreach (var (kind, hasFault) in seen) watches[(int)kind] = watches[(int)kind].With(hasFault);
        return this with { Watches = watches };
    }
}
