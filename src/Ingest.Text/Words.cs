using System.Collections.Frozen;
using System.Reflection;

namespace Ingest.Text;

/// <summary>How a value is spelled where it is stored, shown and documented, and what it means where the word does not say it.</summary>
/// <param name="word">The word.</param>
/// <param name="meaning">In a few words, for the reader of the schema; null where the word says it.</param>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class WordAttribute(string word, string? meaning = null) : Attribute
{
    public string Word { get; } = word;

    public string? Meaning { get; } = meaning;
}

/// <summary>The words of an enum, each value of which has its <see cref="WordAttribute"/>: the one place that knows how states are spelled.</summary>
/// <typeparam name="T">The enum.</typeparam>
internal static class Words<T>
    where T : struct, Enum
{
    private static readonly IReadOnlyList<(T Value, WordAttribute Word)> Table =
    [
        .. Enum.GetValues<T>().Select(static value => (value, typeof(T).GetField(value.ToString())!.GetCustomAttribute<WordAttribute>()!)),
    ];

    private static readonly FrozenDictionary<T, string> ByValue = Table.ToFrozenDictionary(static row => row.Value, static row => row.Word.Word);
    private static readonly FrozenDictionary<string, T> ByWord =
        Table.ToFrozenDictionary(static row => row.Word.Word, static row => row.Value, StringComparer.Ordinal);

    /// <summary>All words, in the order of the enum.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Table.Select(static row => row.Word.Word)];

    /// <summary>The word of a value.</summary>
    public static string Of(T value) => ByValue[value];

    /// <summary>The value of a word.</summary>
    /// <exception cref="ArgumentException">There is no such word: somebody wrote it by hand.</exception>
    public static T Read(string word) =>
        ByWord.TryGetValue(word, out var value) ? value : throw new ArgumentException($"'{word}' is no {typeof(T).Name}", nameof(word));

    /// <summary>A comment's list of words with what they mean: <c>waiting, failed (given up) or rejected</c>.</summary>
    /// <param name="among">Those that are listed; none for all.</param>
    public static string Listed(params ReadOnlySpan<T> among)
    {
        var words = new List<string>();
        foreach (var (value, word) in Table)
            if (among.IsEmpty || among.Contains(value)) words.Add(word.Meaning is null ? word.Word : $"{word.Word} ({word.Meaning})");
        return words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
    }

    /// <summary>The condition that a column holds one of the words.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="among">Those that it may hold; none for all.</param>
    public static string Condition(string column, params ReadOnlySpan<T> among)
    {
        var words = new List<string>();
        foreach (var (value, word) in Table)
            if (among.IsEmpty || among.Contains(value)) words.Add($"'{word.Word}'");
        return $"{column} in ({string.Join(", ", words)})";
    }
}
