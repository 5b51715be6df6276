namespace Ingest.Text;

/// <summary>The writing systems that tell languages apart.</summary>
internal enum Script
{
    None,
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Hebrew,
    Devanagari,
    Bengali,
    Gurmukhi,
    Gujarati,
    Tamil,
    Telugu,
    Kannada,
    Malayalam,
    Sinhala,
    Thai,
    Lao,
    Burmese,
    Khmer,
    Georgian,
    Armenian,
    Ethiopic,
    Hangul,
    Kana,
    Han,
}

/// <summary>Counts the letters of a text by script.</summary>
internal static class Scripts
{
    /// <summary>The script of most letters; Japanese counts as kana wherever a tenth of it is; <see cref="Script.None"/> for a text without letters.</summary>
    public static Script Most(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[(int)Script.Han + 1];
        foreach (var c in text) counts[(int)Of(c)]++;
        counts[(int)Script.None] = 0;
        if (counts[(int)Script.Kana] * 10 > counts[(int)Script.Han] && counts[(int)Script.Kana] + counts[(int)Script.Han] > counts[(int)Script.Latin])
            return Script.Kana;
        var best = 0;
        for (var at = 1; at < counts.Length; at++)
        {
            // A Han character is worth about two letters.
            if (counts[at] * (at == (int)Script.Han ? 2 : 1) > counts[best] * (best == (int)Script.Han ? 2 : 1)) best = at;
        }

        return (Script)best;
    }

    private static Script Of(char c) => c switch
    {
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '\u00C0' and <= '\u024F') or (>= '\u1E00' and <= '\u1EFF') => Script.Latin,
        < '\u0370' => Script.None,
        <= '\u03FF' or (>= '\u1F00' and <= '\u1FFF') => Script.Greek,
        <= '\u052F' => Script.Cyrillic,
        <= '\u058F' => Script.Armenian,
        <= '\u05FF' => Script.Hebrew,
        <= '\u077F' or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC') => Script.Arabic,
        >= '\u0900' and <= '\u097F' => Script.Devanagari,
        >= '\u0980' and <= '\u09FF' => Script.Bengali,
        >= '\u0A00' and <= '\u0A7F' => Script.Gurmukhi,
        >= '\u0A80' and <= '\u0AFF' => Script.Gujarati,
        >= '\u0B80' and <= '\u0BFF' => Script.Tamil,
        >= '\u0C00' and <= '\u0C7F' => Script.Telugu,
        >= '\u0C80' and <= '\u0CFF' => Script.Kannada,
        >= '\u0D00' and <= '\u0D7F' => Script.Malayalam,
        >= '\u0D80' and <= '\u0DFF' => Script.Sinhala,
        >= '\u0E00' and <= '\u0E7F' => Script.Thai,
        >= '\u0E80' and <= '\u0EFF' => Script.Lao,
        >= '\u1000' and <= '\u109F' => Script.Burmese,
        >= '\u10A0' and <= '\u10FF' => Script.Georgian,
        >= '\u1200' and <= '\u137F' => Script.Ethiopic,
        >= '\u1780' and <= '\u17FF' => Script.Khmer,
        (>= '\uAC00' and <= '\uD7AF') or (>= '\u1100' and <= '\u11FF') => Script.Hangul,
        >= '\u3040' and <= '\u30FF' => Script.Kana,
        >= '\u3400' and <= '\u9FFF' => Script.Han,
        _ => Script.None,
    };
}
