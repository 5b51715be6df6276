using System.Globalization;
using System.Text;
using Ingest.Text.Dates.Tokens;

namespace Ingest.Text.Dates.Calendars;

/// <summary>Puts digits in the place of the numerals of Chinese writing that count years, months and days: 二〇二四年三月十五日.</summary>
internal static class HanNumerals
{
    private const string Digits = "〇一二三四五六七八九";
    private const char Ten = '十';

    // 24 is written with two digits or with the sign for ten between them; no day and no year needs more than four signs.
    private const int MostSigns = 4;

    public static string InDigits(string text)
    {
        StringBuilder? converted = null;
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && Value(text[end]) >= 0) end++;
            if (end == at)
            {
                converted?.Append(text[at]);
                at++;
                continue;
            }

            converted ??= new StringBuilder(text, 0, at, text.Length);
            if (end - at <= MostSigns && end < text.Length && DateSigns.CountsDays(text[end]))
                converted.Append(CultureInfo.InvariantCulture, $"{Number(text.AsSpan(at, end - at))}");
            else
                converted.Append(text, at, end - at);
            at = end;
        }

        return converted?.ToString() ?? text;
    }

    private static int Value(char c) => c switch
    {
        Ten => 10,
        '零' or '○' => 0,
        _ => Digits.IndexOf(c, StringComparison.Ordinal),
    };

    // 十五 is 15, 二十 is 20, 三十一 is 31; 二〇二四 is 2024.
    private static int Number(ReadOnlySpan<char> signs)
    {
        var ten = signs.IndexOf(Ten);
        if (ten < 0) return Positional(signs);
        return ((ten == 0 ? 1 : Positional(signs[..ten])) * 10) + Positional(signs[(ten + 1)..]);
    }

    private static int Positional(ReadOnlySpan<char> signs)
    {
        var number = 0;
        foreach (var sign in signs) number = (number * 10) + Value(sign);
        return number;
    }
}
