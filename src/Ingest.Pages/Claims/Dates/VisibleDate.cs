using System.Globalization;
using System.Text;
using Ingest.Text.Dates;

namespace Ingest.Pages.Claims.Dates;

/// <summary>Finds a full day inside a visible text, in any language whose months it knows, anywhere in the text.</summary>
internal static class VisibleDate
{
    private const int MostTokens = 120;

    private static readonly PersianCalendar Persian = new();

    private enum Kind
    {
        Number,
        Word,
        Mark,
    }

    private readonly record struct Token(Kind Kind, string Text, int Value);

    /// <summary>The first full day in the text; null when none. With <paramref name="monthFirst"/>, 3/4/2024 is the fourth of March.</summary>
    public static DateOnly? Find(string text, bool monthFirst)
    {
        var tokens = Tokens(text);
        for (var at = 0; at < tokens.Count; at++)
        {
            if (tokens[at].Kind == Kind.Mark) continue;
            if (Starting(tokens, at, monthFirst) is { } day) return day;
        }

        return null;
    }

    private static DateOnly? Starting(List<Token> tokens, int at, bool monthFirst)
    {
        var first = tokens[at];
        if (first.Kind == Kind.Word) return MonthAhead(tokens, at);
        if (IsYear(first) && YearAhead(tokens, at) is { } day) return day;
        return first.Value is >= 1 and <= 31 && first.Text.Length <= 2 ? Numeric(tokens, at, monthFirst) ?? DayAhead(tokens, at) : null;
    }

    /// <summary>March 5, 2024.</summary>
    private static DateOnly? MonthAhead(List<Token> tokens, int at)
    {
        var next = SkipMarks(tokens, at + 1, ".");
        if (!IsDayNumber(tokens, next)) return null;
        var year = SkipWords(tokens, next + 1, 2);
        if (year >= tokens.Count || !IsYear(tokens[year])) return null;
        return Day(tokens[year].Value, Month(tokens[at].Text), tokens[next].Value);
    }

    /// <summary>5. März 2024, 5 de marzo de 2024, 5th of March, 2024, 5 mars, 2024.</summary>
    private static DateOnly? DayAhead(List<Token> tokens, int at)
    {
        for (var month = at + 1; month < Math.Min(tokens.Count, at + 5); month++)
        {
            if (tokens[month].Kind == Kind.Number) return null;
            if (tokens[month].Kind == Kind.Mark) continue;
            var year = SkipWords(tokens, month + 1, 2);
            if (year >= tokens.Count || tokens[year].Kind != Kind.Number) continue;
            var value = IsYear(tokens[year]) ? tokens[year].Value
                : tokens[year].Text.Length == 2 && IsShortYearMark(tokens, year) ? 2000 + tokens[year].Value
                : 0;
            if (value > 0 && Day(value, Month(tokens[month].Text), tokens[at].Value) is { } day) return day;
        }

        return null;
    }

    // 05 Mar '24, 05-Mar-24
    private static bool IsShortYearMark(List<Token> tokens, int year) => tokens[year - 1] is { Kind: Kind.Mark, Text: "'" or "’" or "-" };

    /// <summary>2024-03-05, 2024. március 5., 2024年3月5日, 2024 m. kovo 5 d.</summary>
    private static DateOnly? YearAhead(List<Token> tokens, int at)
    {
        var next = SkipMarks(tokens, at + 1, "-/.年년,");
        if (next < tokens.Count && tokens[next] is { Kind: Kind.Word, Text.Length: <= 4 } && Month(tokens[next].Text) == 0)
            next = SkipMarks(tokens, next + 1, ".");
        if (next >= tokens.Count) return null;
        var month = tokens[next].Kind == Kind.Number ? tokens[next].Value : Month(tokens[next].Text);
        var day = SkipMarks(tokens, next + 1, "-/.月월,");
        return next > at + 1 || tokens[next].Kind == Kind.Word ? IsDayNumber(tokens, day) ? Day(tokens[at].Value, month, tokens[day].Value) : null : null;
    }

    /// <summary>5.3.2024, 05/03/24, 05-03-2024.</summary>
    private static DateOnly? Numeric(List<Token> tokens, int at, bool monthFirst)
    {
        if (at + 4 >= tokens.Count || IsInsideNumbers(tokens, at)) return null;
        var (mark, second, sameMark, year) = (tokens[at + 1], tokens[at + 2], tokens[at + 3], tokens[at + 4]);
        if (mark.Kind != Kind.Mark || mark.Text is not ("." or "/" or "-") || mark.Text != sameMark.Text || second.Kind != Kind.Number
            || year.Kind != Kind.Number)
            return null;
        if (second.Text.Length > 2 || second.Value is < 1 or > 31) return null;
        var value = IsYear(year) ? year.Value : year.Text.Length == 2 && at + 5 <= tokens.Count ? 2000 + year.Value : 0;
        if (value == 0
            || (at + 5 < tokens.Count && tokens[at + 5] is { Kind: Kind.Mark, Text: "." } && at + 6 < tokens.Count && tokens[at + 6].Kind == Kind.Number))
            return null;
        var swap = mark.Text == "/" ? monthFirst : monthFirst && mark.Text == "-";
        var (day, month) = swap ? (second.Value, tokens[at].Value) : (tokens[at].Value, second.Value);
        return month > 12 ? Day(value, day, month) : Day(value, month, day);
    }

    // The second number of 1/2/3/2024.
    private static bool IsInsideNumbers(List<Token> tokens, int at) =>
        at > 1 && tokens[at - 1] is { Kind: Kind.Mark, Text: "." or "/" or "-" } && tokens[at - 2].Kind == Kind.Number;

    private static bool IsYear(Token token) =>
        token is { Kind: Kind.Number, Text.Length: 4, Value: (>= 1990 and < 2100) or (>= 1375 and < 1430) or (>= 2530 and < 2600) };

    private static bool IsDayNumber(List<Token> tokens, int at) =>
        at < tokens.Count && tokens[at] is { Kind: Kind.Number, Text.Length: <= 2, Value: >= 1 and <= 31 };

    private static int SkipMarks(List<Token> tokens, int at, string marks)
    {
        while (at < tokens.Count && tokens[at].Kind == Kind.Mark && marks.Contains(tokens[at].Text, StringComparison.Ordinal)) at++;
        return at;
    }

    /// <summary>Skips marks and short words (of, de, del, st, th) up to the next number.</summary>
    private static int SkipWords(List<Token> tokens, int at, int words)
    {
        while (at < tokens.Count && tokens[at].Kind != Kind.Number)
        {
            if (tokens[at].Kind == Kind.Word && (tokens[at].Text.Length > 3 || words-- == 0)) return tokens.Count;
            if (tokens[at].Kind == Kind.Mark && tokens[at].Text is not ("." or "," or "-" or "/" or "'" or "’" or "،")) return tokens.Count;
            at++;
        }

        return at;
    }

    private static int Month(string word) => MoreMonths.Find(word) is > 0 and var month ? month : MonthNames.Find(word);

    private static DateOnly? Day(int year, int month, int day)
    {
        if (month is < 1 or > 24 || day < 1) return null;
        if (month > 12) return SolarHijri(year, month - 12, day);
        if (year is >= 2530 and < 2600) year -= 543;
        if (year is >= 1375 and < 1430) return SolarHijri(year, month, day);
        return day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static DateOnly? SolarHijri(int year, int month, int day) =>
        year is >= 1375 and < 1430 && day <= Persian.GetDaysInMonth(year, month)
            ? DateOnly.FromDateTime(Persian.ToDateTime(year, month, day, 0, 0, 0, 0))
            : null;

    private static List<Token> Tokens(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length && tokens.Count < MostTokens;)
        {
            var start = at;
            if (char.IsDigit(text[at]))
            {
                var digits = new StringBuilder();
                for (; at < text.Length && char.IsDigit(text[at]); at++) digits.Append((char)('0' + (int)char.GetNumericValue(text[at])));
                tokens.Add(new Token(Kind.Number, digits.ToString(), digits.Length <= 8 ? int.Parse(digits.ToString(), CultureInfo.InvariantCulture) : -1));
            }
            else if (IsCounter(text[at]))
            {
                tokens.Add(new Token(Kind.Mark, text[at++].ToString(), 0));
            }
            else if (IsWordPart(text[at]))
            {
                while (at < text.Length && IsWordPart(text[at]) && !IsCounter(text[at])) at++;
                tokens.Add(new Token(Kind.Word, text[start..at], 0));
            }
            else if (char.IsWhiteSpace(text[at++]))
            {
                continue;
            }
            else
            {
                tokens.Add(new Token(Kind.Mark, Plain(text[start]).ToString(), 0));
            }
        }

        return tokens;
    }

    private static bool IsCounter(char c) => c is '年' or '月' or '日' or '년' or '월' or '일';

    private static bool IsWordPart(char c) =>
        char.IsLetter(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static char Plain(char c) => c switch
    {
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        '\u2044' or '\u2215' or '／' => '/',
        '．' => '.',
        _ => c,
    };
}
