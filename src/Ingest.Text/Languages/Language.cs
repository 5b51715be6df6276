using System.Globalization;
using System.IO;

namespace Ingest.Text.Languages;

/// <summary>What the program knows of a language: its file in <c>Data/languages</c>, whose README says what each key means.</summary>
/// <param name="Tag">The primary tag of BCP 47.</param>
internal sealed record Language(string Tag)
{
    private static readonly string[] None = [];

    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal);

    /// <summary>All files, in the order of their tags; read once.</summary>
    public static IReadOnlyList<Language> All { get; } = [.. TextData.LanguageFiles().Select(static file => Load(file))];

    /// <summary>The values of a key; none when the file does not have it.</summary>
    public string[] this[string key] => _values.GetValueOrDefault(key, None);

    /// <summary>The values that all languages together have for a key, each once.</summary>
    public static string[] Words(params ReadOnlySpan<string> keys)
    {
        var words = new List<string>();
        foreach (var key in keys)
        {
            foreach (var language in All) words.AddRange(language[key]);
        }

        return [.. words.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Reads a file, and puts into <paramref name="faults"/> what is wrong with it: file, line and what would be right.</summary>
    public static Language Read(string file, string text, ICollection<string> faults)
    {
        var language = new Language(TextData.TagOf(file));
        foreach (var line in DataLines.Read(text))
        {
            if (Fault(language, line) is { } fault) faults.Add(string.Create(CultureInfo.InvariantCulture, $"{file}:{line.Number}: {fault}"));

            // A space at a value's end, or one after a comma that separates nothing, is written "_".
            else language._values[line.Key] = Array.ConvertAll(line.Values, static value => value.Replace('_', ' '));
        }

        foreach (var key in LanguageKey.Required)
        {
            if (language[key].Length == 0) faults.Add($"{file}:1: \"{key}\" is missing");
        }

        return language;
    }

    private static string? Fault(Language language, DataLine line)
    {
        if (line.Key.Length == 0) return "a line must be \"key: value, value\"";
        if (!LanguageKey.Rules.TryGetValue(line.Key, out var rule)) return $"there is no key \"{line.Key}\"";
        if (language._values.ContainsKey(line.Key)) return $"\"{line.Key}\" appears twice";
        if (line.Values.Length == 0) return $"\"{line.Key}\" has no value; leave it out";
        if (line.Values.GroupBy(static value => value, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            return $"\"{line.Key}\" has \"{twice.Key}\" twice";
        return line.Values.Select(value => rule(language, value) is { } fault ? $"\"{line.Key}\" has \"{value}\": {fault}" : null)
            .FirstOrDefault(static fault => fault is not null);
    }

    private static Language Load(string file)
    {
        var faults = new List<string>();
        var language = Read(file, TextData.Read(file), faults);
        return faults.Count == 0 ? language : throw new InvalidDataException(string.Join('\n', faults));
    }
}
