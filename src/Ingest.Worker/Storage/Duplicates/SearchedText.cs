using Ingest.Identity;
using Ingest.Identity.Duplicates;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>A text that is searched for.</summary>
internal sealed class SearchedText(ArticleKey key, int? sourceId, DateOnly day, ShingledText text)
{
    private HashSet<int>? groups;

    public ArticleKey Key => key;

    public int? SourceId => sourceId;

    public DateOnly Day => day;

    public ShingledText Text => text;

    public ShingleSample Sample { get; } = ShingleSample.Of(text);

    /// <summary>What a later text of the same batch is compared with: it stands behind all that are stored.</summary>
    public DuplicateCandidate AsCandidate => new(key, long.MaxValue, sourceId, text);

    /// <summary>All of its groups, as sketches have them.</summary>
    public HashSet<int> Groups => groups ??= [.. text.Groups.Select(ShingleSample.ShortOf)];
}
