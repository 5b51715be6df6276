using System.Globalization;
using System.Text;

namespace Ingest.Text.Secrets;

/// <summary>
/// What others wrote, made fit to be shown: one line in which nothing moves the cursor, colours, reorders or hides (CWE-150; Trojan Source,
/// CVE-2021-42574), and in which no secret of a URL stands. For terminals, logs and the columns of errors; texts of articles stay as they are.
/// </summary>
internal static class SafeLine
{
    /// <summary>Line breaks and tabs become spaces, other control characters a sign for each, secrets of URLs <see cref="UrlSecrets.Hidden"/>.</summary>
    public static string Of(string text) => Tame(UrlSecrets.Mask(text));

    /// <summary>The same text in JSON: what does not show stands there as an escape, which reads back as what it was.</summary>
    public static string InJson(string json)
    {
        if (!json.AsSpan().ContainsAnyExceptInRange(' ', '~')) return json;
        var safe = new StringBuilder(json.Length);

        // Outside its strings JSON has line breaks, and nothing else that would be caught.
        foreach (var rune in json.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' || !Acts(rune)) safe.Append(rune.ToString());
            else foreach (var unit in rune.ToString()) safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
        }

        return safe.ToString();
    }

    private static string Tame(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var safe = new StringBuilder(text.Length);
        var last = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var isBreak = rune.Value is '\n' or '\r' or '\t' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029;
            if (isBreak && last.Value != '\r') safe.Append(' ');
            else if (isBreak && rune.Value != '\n') safe.Append(' ');
            else if (!isBreak && (!Acts(rune) || (IsJoiner(rune) && last.Value >= 0x600 && !Acts(last)))) safe.Append(rune.ToString());
            else if (!isBreak) safe.Append(Sign(rune));
            last = rune;
        }

        return safe.ToString();
    }

    // Control pictures for C0 and DEL, the replacement character for what has no picture.
    private static char Sign(Rune rune) => rune.Value switch
    {
        < 0x20 => (char)(0x2400 + rune.Value),
        0x7F => '\u2421',
        _ => '\uFFFD',
    };

    // Words of Persian and Indic scripts, and emoji, are written with joiners; behind Latin letters they only hide.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    private static bool Acts(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => true,

        // Signs that stand before Arabic, Syriac and Kaithi numbers show.
        UnicodeCategory.Format => rune.Value is not ((>= 0x600 and <= 0x605) or 0x6DD or 0x70F or 0x890 or 0x891 or 0x8E2 or 0x110BD or 0x110CD),

        // Fillers and selectors are letters and marks that do not show.
        _ => rune.Value is 0x34F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0,
    };
}
