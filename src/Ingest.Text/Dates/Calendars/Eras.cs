using System.Buffers;
using System.Globalization;
using System.Text;
using Ingest.Text.Languages;

namespace Ingest.Text.Dates.Calendars;

/// <summary>Puts common years in the place of those that Japan counts by its emperors and Taiwan by its republic: 令和7年, 民國114年.</summary>
internal static class Eras
{
    private const int MostDigits = 3;
    private const char First = '元';

    // The year before the first, so that it only has to be added.
    private static readonly (string Name, int Before)[] All =
        [.. Language.Words(LanguageKey.Eras).Select(static era => (era[..era.LastIndexOf(' ')], LanguageKey.EraYear(era)!.Value))];

    private static readonly SearchValues<string> Names = SearchValues.Create([.. All.Select(static era => era.Name)], StringComparison.Ordinal);

    /// <summary>The place of the first name of an era; -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<char> text) => text.IndexOfAny(Names);

    /// <summary>The text with digits for numerals of Chinese writing and common years for those of eras; the same text where it has neither.</summary>
    public static string InCommonYears(string text)
    {
        if (text.Contains('年', StringComparison.Ordinal)) text = HanNumerals.InDigits(text);
        var at = Find(text);
        if (at < 0) return text;
        var common = new StringBuilder(text.Length).Append(text.AsSpan(0, at));
        while (at < text.Length)
        {
            var (year, length) = YearAt(text.AsSpan(at));
            if (year is { } counted) common.Append(CultureInfo.InvariantCulture, $"{counted}");
            else common.Append(text[at]);
            at += Math.Max(length, 1);
        }

        return common.ToString();
    }

    private static (int? Year, int Length) YearAt(ReadOnlySpan<char> text)
    {
        foreach (var (name, before) in All)
        {
            if (!text.StartsWith(name, StringComparison.Ordinal)) continue;
            var at = name.Length;
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at < text.Length && text[at] == First) return (before + 1, at + 1);
            var (year, digits) = (0, 0);
            for (; at < text.Length && char.IsDigit(text[at]); at++, digits++)
                year = digits < MostDigits ? (year * 10) + (int)char.GetNumericValue(text[at]) : 0;
            if (digits is > 0 and <= MostDigits) return (before + year, at);
        }

        return default;
    }
}
