using System.Collections.Frozen;
using Ingest.Text.Languages;

namespace Ingest.Text.Dates.Tokens;

/// <summary>The characters that stand behind the numbers of a date in Chinese, Japanese and Korean: 2024年3月5日.</summary>
internal static class DateSigns
{
    // Nothing below stands for a word in these scripts.
    private const char FirstSign = '\u2E80';

    private static readonly FrozenDictionary<char, char> Separators = Build();

    private static readonly FrozenSet<char> OfDay =
        Language.Words(LanguageKey.YearSigns, LanguageKey.MonthSigns, LanguageKey.DaySigns).Select(static sign => sign[0]).ToFrozenSet();

    private static readonly FrozenSet<char> OfSecond = Language.Words(LanguageKey.SecondSigns).Select(static sign => sign[0]).ToFrozenSet();

    /// <summary>The mark that says the same in other languages; NUL for other characters, and for most where no number stands before them.</summary>
    public static char Separator(char c, bool behindNumber) =>
        c < FirstSign ? '\0' : behindNumber ? Separators.GetValueOrDefault(c) : OfSecond.Contains(c) ? ' ' : '\0';

    /// <summary>Does the character count years, months or days?</summary>
    public static bool CountsDays(char c) => c >= FirstSign && OfDay.Contains(c);

    private static FrozenDictionary<char, char> Build()
    {
        var separators = new Dictionary<char, char>();
        foreach (var (keys, separator) in new (string[] Keys, char Separator)[]
        {
            ([LanguageKey.YearSigns, LanguageKey.MonthSigns], '/'),
            ([LanguageKey.DaySigns, LanguageKey.SecondSigns], ' '),
            ([LanguageKey.HourSigns, LanguageKey.MinuteSigns], ':'),
        })
        {
            foreach (var sign in Language.Words(keys)) separators.TryAdd(sign[0], separator);
        }

        return separators.ToFrozenDictionary();
    }
}
