using System.Globalization;
using System.Text;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Dates.Zones;
using Ingest.Text.Languages;

namespace Ingest.Text.Dates;

/// <summary>Folds a date text so that one reader does for all scripts: ASCII digits, plain blanks, CJK counters as separators, no RFC 822 comments.</summary>
internal static class DateText
{
    // Years that begin Japanese and Chinese-republican counting: year 1 is the year after.
    private static readonly (string Name, int Before)[] Eras =
        [.. Language.Words(LanguageKey.Eras).Select(static era => (era[..era.LastIndexOf(' ')], LanguageKey.EraYear(era)!.Value))];

    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        var commentDepth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && commentDepth > 0 && i + 1 < text.Length) i++;
            else if (c == '(' && IsComment(text[i..], commentDepth))
            {
                commentDepth++;
                folded.Append(' ');
            }
            else if (c == ')' && commentDepth > 0) commentDepth--;
            else if (commentDepth == 0) Append(folded, c);
        }

        return WithYearsOfEras(folded.ToString().Trim().TrimEnd('.', ',', ';'));
    }

    // "(CET)" after a time is a zone, "(oh how I hate thursdays)" a comment; without its closing bracket neither is one.
    private static bool IsComment(ReadOnlySpan<char> text, int depth)
    {
        if (depth > 0) return true;
        var end = text.IndexOf(')');
        return end > 0 && !ZoneText.Is(text[1..end].Trim());
    }

    private static void Append(StringBuilder folded, char c)
    {
        var follows = folded.Length > 0 && (char.IsAsciiDigit(folded[^1]) || (folded[^1] == ' ' && folded.Length > 1 && char.IsAsciiDigit(folded[^2])));
        folded.Append(c switch
        {
            _ when char.IsAsciiLetterOrDigit(c) => c,
            _ when DateSigns.Separator(c, follows) is not '\0' and var separator => separator,
            '：' when follows => ':',
            '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' => '-',
            '，' or '、' or '،' => ',',
            '．' => '.',
            '／' => '/',
            '(' or ')' or '\'' or '’' or '"' or '[' or ']' or '׳' or '״' => ' ',
            _ when char.IsDigit(c) => (char)('0' + (int)char.GetNumericValue(c)),
            _ when char.IsWhiteSpace(c) || char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format => ' ',
            _ => c,
        });
    }

    private static string WithYearsOfEras(string text)
    {
        foreach (var (name, before) in Eras)
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            if (at < 0) continue;
            var digits = text.AsSpan(at + name.Length).TrimStart();
            var length = digits.IndexOfAnyExceptInRange('0', '9');
            if (length is 1 or 2 or 3)
                return string.Create(CultureInfo.InvariantCulture, $"{before + int.Parse(digits[..length], CultureInfo.InvariantCulture)}{digits[length..]}");
        }

        return text;
    }
}
