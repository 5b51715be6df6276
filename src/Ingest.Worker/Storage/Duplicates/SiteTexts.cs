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

    public async Task<IReadOnlyList<ShingledText>> OthersAsync(SearchedText text, CancellationToken ct)
    {
        if (text.SourceId is not { } source) return [];
        var others = batch[source].Where(other => other.Key != text.Key).Take(Enough).Select(static other => other.Text).ToList();
        if (others.Count == Enough) return others;
        if (!stored.TryGetValue(source, out var latest)) stored[source] = latest = await DuplicateReader.LatestAsync(connection, source, Enough + 1, ct);
        return [.. others, .. latest.Where(other => other.Key != text.Key).Take(Enough - others.Count).Select(static other => other.Text)];
    }
}
