using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Storage.Sources;

/// <summary>Which row is which configured source: by its name, unless the settings gave its URL another name.</summary>
/// <param name="Rows">The row of each configured source; null for one that is new.</param>
/// <param name="Left">The rows of configured sources that are not configured any more, or were not before.</param>
internal sealed record SourceMatch(IReadOnlyList<(ConfiguredSource Source, SourceRow? Row)> Rows, IReadOnlyList<SourceRow> Left)
{
    /// <summary>The rows whose name changes.</summary>
    public IEnumerable<(SourceRow Row, string Name)> Renamed =>
        Rows.Where(static pair => pair.Row is { } row && row.Name != pair.Source.Name).Select(static pair => (pair.Row!, pair.Source.Name));

    /// <summary>
    /// Matches. A row whose name and URL separated, because its name left the settings or has another URL there now, goes with its URL to the name that
    /// came for it. A name that another row keeps is taken by its own row, whatever its URL.
    /// </summary>
    /// <param name="configured">The sources as they should be.</param>
    /// <param name="rows">The rows of configured sources.</param>
    /// <param name="untouched">Names whose rows stay as they are.</param>
    public static SourceMatch Of(IReadOnlyList<ConfiguredSource> configured, IReadOnlyList<SourceRow> rows, IReadOnlyCollection<string> untouched)
    {
        var byName = rows.ToDictionary(static row => row.Name, StringComparer.Ordinal);
        var unmatched = configured
            .Where(source => !byName.TryGetValue(source.Name, out var row) || (row.ConfiguredUrl != source.Url.AbsoluteUri && KeyOf(row) != KeyOf(source)))
            .ToList();
        var renamed = Held(byName, Candidates(unmatched, rows, configured, untouched));
        var taken = renamed.Values.ToHashSet();
        var matched = configured
            .Select(
                source =>
                    (source, renamed.GetValueOrDefault(source.Name) ?? (byName.GetValueOrDefault(source.Name) is { } row && !taken.Contains(row) ? row : null)))
            .ToList();
        var found = matched.Select(static pair => pair.Item2).OfType<SourceRow>().ToHashSet();
        return new SourceMatch(matched, [.. rows.Where(row => !found.Contains(row))]);
    }

    /// <summary>The rows that may go to another name, by that name; of several with one URL first those that differ from the name in case only.</summary>
    private static Dictionary<string, SourceRow> Candidates(
        List<ConfiguredSource> unmatched, IReadOnlyList<SourceRow> rows, IReadOnlyList<ConfiguredSource> configured, IReadOnlyCollection<string> untouched)
    {
        if (unmatched.Count == 0) return [];
        var kept = untouched.ToHashSet(StringComparer.Ordinal);
        var settled = configured
            .Select(static source => source.Name)
            .Except(unmatched.Select(static source => source.Name), StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var free = rows
            .Where(row => row.State != SourceState.Disabled && !kept.Contains(row.Name) && !settled.Contains(row.Name))
            .OrderBy(static row => row.Id).ToLookup(KeyOf);
        var chosen = new Dictionary<string, SourceRow>(StringComparer.Ordinal);
        foreach (var group in unmatched.GroupBy(KeyOf).Where(group => free[group.Key].Any()))
        {
            var waiting = free[group.Key].ToList();
            foreach (var source in group.OrderByDescending(source => waiting.Exists(row => IsSpelledLike(row, source))))
            {
                if (waiting.Count == 0) break;
                var row = waiting.Find(row => IsSpelledLike(row, source)) ?? waiting[0];
                waiting.Remove(row);
                chosen[source.Name] = row;
            }
        }

        return chosen;
    }

    // A name is free when no row has it, or when the row that has it goes to another name itself: sources can change places.
    private static Dictionary<string, SourceRow> Held(Dictionary<string, SourceRow> byName, Dictionary<string, SourceRow> renamed)
    {
        for (var leaving = Leaving(); ; leaving = Leaving())
        {
            var held = renamed.Keys.Where(name => byName.ContainsKey(name) && !leaving.Contains(name)).ToList();
            if (held.Count == 0) return renamed;
            foreach (var name in held) renamed.Remove(name);
        }

        HashSet<string> Leaving() => renamed.Values.Select(static row => row.Name).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsSpelledLike(SourceRow row, ConfiguredSource source) => string.Equals(row.Name, source.Name, StringComparison.OrdinalIgnoreCase);

    private static string KeyOf(ConfiguredSource source) => CanonicalUrl.Fold(source.Url);

    // A row written before secrets were left out of URLs has them still.
    private static string KeyOf(SourceRow row) => CanonicalUrl.Fold(UrlSecrets.Without(new Uri(row.ConfiguredUrl)));
}
