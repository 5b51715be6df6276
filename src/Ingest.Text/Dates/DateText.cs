using System.Globalization;
using System.Text;
using Ingest.Text.Dates.Calendars;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Dates.Zones;

namespace Ingest.Text.Dates;

/// <summary>Folds a date text so that one reader does for all scripts: ASCII digits, plain blanks, CJK counters as separators, no RFC 822 comments.</summary>
internal static class DateText
{
    public static string Fold(ReadOnlySpan<char> text)
    {
        if (Eras.Find(text) is >= 0 and var era) text = Eras.InCommonYears(text[(DateTokens.HaveDigit(text[..era]) ? 0 : era)..].ToString());
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

        return folded.ToString().Trim().TrimEnd('.', ',', ';');
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
}
