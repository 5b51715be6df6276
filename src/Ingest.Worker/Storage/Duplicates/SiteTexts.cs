using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Identity.Duplicates;
using Npgsql;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>
/// Other texts of a source, by which is known what it writes under everything: those that come with a text, and where these are few, its latest stored ones.
/// </summary>
internal sealed class SiteTexts(NpgsqlConnection connection, IReadOnlyList<SearchedText> batch)
{
    private const int Enough = 6;

    private readonly ILookup<int?, SearchedText> batch = batch.ToLookup(static text => text.SourceId);
    private readonly Dictionary<int, IReadOnlyList<(ArticleKey Key, ShingledText Text)>> stored = [];

    /// <summary>The latest texts of a source but for those of two articles that are compared, or of one.</summary>
    public async Task<IReadOnlyList<ShingledText>> OthersAsync(int? sourceId, ArticleKey one, ArticleKey other, CancellationToken ct)
    {
        if (sourceId is not { } source) return [];
        var others = batch[source].Where(text => text.Key != one && text.Key != other).Take(Enough).Select(static text => text.Text).ToList();
        if (others.Count == Enough) return others;
        if (!stored.TryGetValue(source, out var latest)) stored[source] = latest = await DuplicateReader.LatestAsync(connection, source, Enough + 2, ct);
        return
        [
            .. others,
            .. latest.Where(text => text.Key != one && text.Key != other).Take(Enough - others.Count).Select(static text => text.Text),
        ];
    }
}
