using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages;

/// <summary>
/// The words of class names, ids and paths that say what an element holds: those that templates everywhere use (<c>Data/class-names.txt</c>), and those of
/// single languages, in their files under the same keys.
/// </summary>
internal static class ClassNames
{
    private static readonly Dictionary<string, string[]> Everywhere =
        DataLines.Read(TextData.Read("class-names.txt")).ToDictionary(static line => line.Key, static line => line.Values, StringComparer.Ordinal);

    /// <summary>All words of a key, each once.</summary>
    public static IEnumerable<string> Words(string key) => Everywhere.GetValueOrDefault(key, []).Concat(Language.Words(key)).Distinct(StringComparer.Ordinal);

    /// <summary>The same, to be found as parts of a name, whatever its case.</summary>
    public static SearchValues<string> Parts(params IEnumerable<string> keys) =>
        SearchValues.Create([.. keys.SelectMany(Words)], StringComparison.OrdinalIgnoreCase);
}
