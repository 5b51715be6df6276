using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Ingest.Text.Dates.Calendars;
using Ingest.Text.Languages;

namespace Ingest.Text.Dates;

/// <summary>Month names and abbreviations of all languages, and what is left of them when cut short or misspelt.</summary>
internal static class MonthNames
{
    private static readonly FrozenDictionary<string, int> Names = Build();
    private static readonly FrozenDictionary<string, int> Beginnings = BuildBeginnings();

    // The longest first: "tháng 12" is not "tháng 1".
    private static readonly (string Name, int Month)[] Compounds =
        [.. Language.All.SelectMany(Entries).Where(static entry => IsCompound(entry.Name) && entry.Month <= 12)
            .Select(static entry => (entry.Name, entry.Month)).OrderByDescending(static compound => compound.Name.Length)];

    private static readonly SearchValues<string> CompoundNames =
        SearchValues.Create([.. Compounds.Select(static compound => compound.Name)], StringComparison.OrdinalIgnoreCase);

    /// <summary>1–12, 13–24 for the months of the <see cref="SolarHijri"/> year, or 0 when the word is no month.</summary>
    public static int Find(ReadOnlySpan<char> word)
    {
        // Halves of characters, and those that are none, cannot be normalised (string.Normalize).
        if (word.Length is < 2 or > 20 || word.ContainsAnyInRange('\uD800', '\uDFFF') || word.ContainsAnyInRange('\uFFF0', '\uFFFF')) return 0;
        var key = Fold(word.ToString());
        if (Names.TryGetValue(key, out var month) || Beginnings.TryGetValue(key, out month)) return month;
        return key.Length < 4 ? 0 : Misspelt(key);
    }

    /// <summary>
    /// The text with the English name in place of one that more than one word, a dot or a number makes: the Levant's months, Thai abbreviations.
    /// </summary>
    public static string InOneWord(string text)
    {
        for (var from = 0; text.AsSpan(from).IndexOfAny(CompoundNames) is >= 0 and var found; from += found + 1)
        {
            var at = from + found;
            foreach (var (name, month) in Compounds)
            {
                if (!StandsAt(text, at, name)) continue;
                var english = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1];
                return string.Concat(text.AsSpan(0, at), english, text.AsSpan(at + name.Length));
            }
        }

        return text;
    }

    // A name that ends in a number ends there, and is no part of a word: "month 1", "th12".
    private static bool StandsAt(string text, int at, string name)
    {
        if (!text.AsSpan(at).StartsWith(name, StringComparison.OrdinalIgnoreCase)) return false;
        if (!char.IsAsciiDigit(name[^1])) return true;
        var end = at + name.Length;
        return (end == text.Length || !char.IsAsciiDigit(text[end])) && (at == 0 || !char.IsLetter(text[at - 1]));
    }

    /// <summary>The months that end a name in a byline: "Jane Doe March 5".</summary>
    public static IEnumerable<string> ThatEndNames() =>
        Language.All.Where(static language => language[LanguageKey.MonthsEndNames].Length > 0).SelectMany(Entries).Select(static entry => entry.Name)
            .Distinct(StringComparer.Ordinal);

    // English only, one slip (a letter lost, added, changed or two swapped): other languages' weekdays come too close.
    private static int Misspelt(string key)
    {
        for (var month = 1; month <= 12; month++)
        {
            var name = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1].ToLowerInvariant();
            if (name.Length >= 4 && IsOneSlipApart(name, key)) return month;
        }

        return 0;
    }

    private static bool IsOneSlipApart(string name, string key)
    {
        if (Math.Abs(name.Length - key.Length) > 1) return false;
        var head = name.AsSpan().CommonPrefixLength(key);
        var nameRest = name.AsSpan(head);
        var keyRest = key.AsSpan(head);
        if (nameRest.Length == keyRest.Length)
        {
            return nameRest.Length <= 1 || nameRest[1..].SequenceEqual(keyRest[1..])
                || (nameRest[0] == keyRest[1] && nameRest[1] == keyRest[0] && nameRest[2..].SequenceEqual(keyRest[2..]));
        }

        return nameRest.Length > keyRest.Length ? nameRest[1..].SequenceEqual(keyRest) : nameRest.SequenceEqual(keyRest[1..]);
    }

    private static FrozenDictionary<string, int> Build()
    {
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (language, month, name) in Language.All.SelectMany(Entries))
        {
            if (!IsCompound(name) && !IsYielded(language, month, name)) names.TryAdd(Fold(name), month);
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }

    // The beginnings of names, of three letters or more, that all mean one month.
    private static FrozenDictionary<string, int> BuildBeginnings()
    {
        var beginnings = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (language, month, name) in Language.All.Where(static language => language[LanguageKey.MonthsCut].Length > 0).SelectMany(Entries))
        {
            var key = Fold(name);
            if (IsCompound(name) || IsYielded(language, month, name)) continue;
            for (var length = 3; length < key.Length; length++)
            {
                ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(beginnings, key[..length], out var exists);
                known = exists && known != month ? 0 : month;
            }
        }

        return beginnings.Where(static pair => pair.Value != 0).ToFrozenDictionary(StringComparer.Ordinal);
    }

    // Page text is composed, and some names in the files may not be.
    private static IEnumerable<(Language Language, int Month, string Name)> Entries(Language language) =>
        Enumerable.Range(1, 12).SelectMany(month => language[LanguageKey.Month(month)].Select(
            name => (language, language[LanguageKey.Calendar].Length > 0 ? month + 12 : month, name.Normalize())))
            .Concat(Enumerable.Range(1, 12).SelectMany(month => language[LanguageKey.CommonMonth(month)].Select(name => (language, month, name.Normalize()))));

    private static bool IsCompound(string name) => name.AsSpan().ContainsAny(' ', '.') || char.IsAsciiDigit(name[^1]);

    // Is the name another month's in a language that this one yields to?
    private static bool IsYielded(Language language, int month, string name) =>
        language[LanguageKey.YieldsTo].Any(
            tag => Language.All.Where(other => other.Tag == tag).SelectMany(Entries).Any(other => other.Month != month && other.Name == name));

    private static string Fold(string word)
    {
        if (Ascii.IsValid(word)) return word.ToLowerInvariant();
        var folded = new StringBuilder(word.Length);
        foreach (var c in word.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark) folded.Append(c switch
            {
                'ı' => 'i',
                'ς' => 'σ',
                // Persian is typed with Arabic letters too.
                'ي' => 'ی',
                'ك' => 'ک',
                _ => c,
            });
        }

        return folded.ToString();
    }
}
