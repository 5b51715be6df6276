using System.Collections.Frozen;

namespace Ingest.Text.Languages;

/// <summary>Phrases that a text may begin with, whatever its case; found by their first letters.</summary>
internal sealed class PhraseStarts
{
    private readonly FrozenDictionary<char, string[]> _byFirst;

    public PhraseStarts(params IEnumerable<string> phrases) =>
        _byFirst = phrases.GroupBy(static phrase => char.ToUpperInvariant(phrase[0])).ToFrozenDictionary(
            static group => group.Key, static group => group.ToArray());

    public bool Begin(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !_byFirst.TryGetValue(char.ToUpperInvariant(text[0]), out var phrases)) return false;
        foreach (var phrase in phrases)
        {
            if (text.StartsWith(phrase, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
