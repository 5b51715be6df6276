using System.Collections.Frozen;

namespace Ingest.Text.Languages;

/// <summary>The small words and peculiar letters of the languages that share a script.</summary>
internal sealed class LanguageWords
{
    private const double LetterWeight = 0.25;

    private static readonly FrozenDictionary<string, LanguageWords> Several = BuildSeveral();

    private static readonly FrozenDictionary<string, string> Alone = Language.All
        .GroupBy(static language => language[LanguageKey.Script][0])
        .Where(static script => script.Count() == 1 && !Several.ContainsKey(script.Key))
        .ToFrozenDictionary(static script => script.Key, static script => script.Single().Tag);

    private readonly FrozenDictionary<string, int[]> _words;
    private readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly FrozenDictionary<char, int[]> _letters;

    private LanguageWords(string script, IReadOnlyList<Language> languages)
    {
        Languages = [.. languages.Select(static language => language.Tag)];
        _words = Index(languages.Select(language => InScript(language, LanguageKey.Words, script)));
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _letters = Index(languages.Select(language => InScript(language, LanguageKey.Letters, script)))
            .ToFrozenDictionary(static pair => pair.Key[0], static pair => pair.Value);
    }

    public string[] Languages { get; }

    /// <summary>The language that alone uses the script; null when several do.</summary>
    public static string? OnlyLanguage(Script script) => Alone.GetValueOrDefault(script.Name);

    public static LanguageWords? Of(Script script) => Several.GetValueOrDefault(script.Name);

    public void AddWord(ReadOnlySpan<char> word, double[] scores)
    {
        if (!_lookup.TryGetValue(word, out var languages)) return;
        foreach (var language in languages) scores[language] += 1 / Math.Sqrt(languages.Length);
    }

    public void AddLetter(char letter, double[] scores)
    {
        if (char.IsAscii(letter) || !_letters.TryGetValue(letter, out var languages)) return;
        foreach (var language in languages) scores[language] += LetterWeight / languages.Length;
    }

    // Serbian has words in two scripts.
    private static FrozenDictionary<string, LanguageWords> BuildSeveral() =>
        Language.All.SelectMany(static language => language[LanguageKey.Script]).Distinct(StringComparer.Ordinal)
            .Select(static script => (Script: script, Languages: Language.All.Where(language => InScript(language, LanguageKey.Words, script).Any()).ToList()))
            .Where(static pair => pair.Languages.Count > 0)
            .ToFrozenDictionary(static pair => pair.Script, static pair => new LanguageWords(pair.Script, pair.Languages));

    private static IEnumerable<string> InScript(Language language, string key, string script) =>
        language[LanguageKey.Script] is [var only] ? only == script ? language[key] : [] : language[key].Where(value => Scripts.Most(value)?.Name == script);

    private static FrozenDictionary<string, int[]> Index(IEnumerable<IEnumerable<string>> keys) =>
        keys.SelectMany(static (language, at) => language.Select(key => (Key: key, Language: at)))
            .GroupBy(static pair => pair.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(
                static group => group.Key, static group => group.Select(static pair => pair.Language).Distinct().ToArray(), StringComparer.Ordinal);
}
