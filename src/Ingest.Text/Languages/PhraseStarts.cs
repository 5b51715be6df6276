using System.Collections.Frozen;

namespace Ingest.Text.Languages;

/// <summary>Phrases that a text may begin with, whatever its case; found by their first letters.</summary>
internal sealed class PhraseStarts
{
    private readonly FrozenDictionary<char, string[]> _byFirst;

    public PhraseStarts(params IEnumerable<string> phrases) =>
        _byFirst = phrases.GroupBy(static phrase => char.ToUpperInvariant(phrase[0])).ToFrozenDictionary(
            static group => group.Key, static group => group.OrderByDescending(static phrase => phrase.Length).ToArray());

    public bool Begin(ReadOnlySpan<char> text) => LongestAt(text) > 0;

    /// <summary>The length of the longest phrase that the text begins with; 0 when there is none.</summary>
    public int LongestAt(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !_byFirst.TryGetValue(char.ToUpperInvariant(text[0]), out var phrases)) return 0;
        foreach (var phrase in phrases)
        {
            if (text.StartsWith(phrase, StringComparison.OrdinalIgnoreCase)) return phrase.Length;
        }

        return 0;
    }
}
