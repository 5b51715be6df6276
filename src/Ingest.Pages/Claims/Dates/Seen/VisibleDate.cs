using System.Collections.Frozen;
using Ingest.Text.Dates;
using Ingest.Text.Dates.Calendars;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.Dates.Seen;

/// <summary>A day in a text.</summary>
/// <param name="Day">The day.</param>
/// <param name="Before">The text before it, from the day before it on if there is one.</param>
/// <param name="Rest">The text from it on.</param>
internal readonly record struct FoundDay(DateOnly Day, string Before, string Rest);

/// <summary>Finds a full day inside a visible text, in any language whose months it knows, anywhere in the text.</summary>
internal static class VisibleDate
{
    private const int MostTokens = 120;
    private const int FewestTokens = 3;
    private const int RepublicYears = 1911;

    // Thais leave out the century of their calendar.
    private const int BuddhistCentury = 2500;

    private static readonly string YearMarks = "-/.," + string.Concat(Language.Words(LanguageKey.YearSigns));
    private static readonly string MonthMarks = "-/.," + string.Concat(Language.Words(LanguageKey.MonthSigns));

    private static readonly FrozenSet<string> WithinDates = Language.Words(LanguageKey.WithinDates).ToFrozenSet();

    /// <summary>The first full day in the text; null when none.</summary>
    public static DateOnly? Find(string text, DateHabits habits) => All(text, habits).Select(static found => (DateOnly?)found.Day).FirstOrDefault();

    /// <summary>The full days in the text, in their order.</summary>
    public static IEnumerable<FoundDay> All(string text, DateHabits habits)
    {
        if (!DateTokens.HaveDigit(text) && !text.Contains('年', StringComparison.Ordinal)) yield break;
        var shortYears = CalendarSign.In(text).HasFlag(CalendarSigns.Thai) ? BuddhistCentury : 0;
        text = Eras.InCommonYears(MonthNames.InOneWord(text));
        var tokens = DateTokens.Split(text, MostTokens);
        for (var (at, from) = (0, 0); at < tokens.Count; at++)
        {
            if (tokens[at].Kind == TokenKind.Mark || Starting(tokens, at, habits, shortYears) is not { } day) continue;
            yield return new FoundDay(day, text[from..tokens[at].Start], text[tokens[at].Start..]);
            from = tokens[at].Start;
            at += FewestTokens - 1;
        }
    }

    private static DateOnly? Starting(List<DateToken> tokens, int at, DateHabits habits, int shortYears)
    {
        var first = tokens[at];
        if (first.Kind == TokenKind.Word) return MonthAhead(tokens, at);
        if (IsYear(first) && YearAhead(tokens, at) is { } day) return day;
        if (habits.CountsRepublic && first is { Text.Length: 3, Value: >= 100 and < 200 }) return OfRepublic(tokens, at);
        return first.Value is >= 1 and <= 31 && first.Text.Length <= 2
            ? Numeric(tokens, at, habits.MonthFirst, shortYears) ?? DayAhead(tokens, at, shortYears)
            : null;
    }

    /// <summary>March 5, 2024.</summary>
    private static DateOnly? MonthAhead(List<DateToken> tokens, int at)
    {
        var next = SkipMarks(tokens, at + 1, ".");
        if (!IsDayNumber(tokens, next)) return null;
        var year = SkipWords(tokens, next + 1, 2);
        if (year >= tokens.Count || !IsYear(tokens[year])) return null;
        return Day(tokens[year].Value, MonthNames.Find(tokens[at].Text), tokens[next].Value);
    }

    /// <summary>5. März 2024, 5 de marzo de 2024, 5th of March, 2024, 5 mars, 2024.</summary>
    private static DateOnly? DayAhead(List<DateToken> tokens, int at, int shortYears)
    {
        for (var month = at + 1; month < Math.Min(tokens.Count, at + 5); month++)
        {
            if (tokens[month].Kind == TokenKind.Number) return null;
            if (tokens[month].Kind == TokenKind.Mark) continue;
            var year = SkipWords(tokens, month + 1, 2);
            if (year >= tokens.Count || tokens[year].Kind != TokenKind.Number) continue;
            var value = IsYear(tokens[year]) ? tokens[year].Value
                : tokens[year].Text.Length != 2 ? 0
                : shortYears > 0 ? shortYears + tokens[year].Value
                : IsShortYearMark(tokens, year) || (at == 0 && year == tokens.Count - 1) || IsInBrackets(tokens, at, year) ? 2000 + tokens[year].Value
                : 0;
            if (value > 0 && Day(value, MonthNames.Find(tokens[month].Text), tokens[at].Value) is { } day) return day;
        }

        return null;
    }

    // 05 Mar '24, 05-Mar-24
    private static bool IsShortYearMark(List<DateToken> tokens, int year) => tokens[year - 1] is { Kind: TokenKind.Mark, Text: "'" or "’" or "-" };

    // (Tarn Bridge, 5 March 24)
    private static bool IsInBrackets(List<DateToken> tokens, int at, int year) =>
        year == tokens.Count - 2 && tokens[^1].IsMark(')') && tokens.FindIndex(0, at, static token => token.IsMark('(')) >= 0;

    /// <summary>2024-03-05, 2024. március 5., 2024年3月5日, 2024 m. kovo 5 d.</summary>
    private static DateOnly? YearAhead(List<DateToken> tokens, int at)
    {
        var next = SkipMarks(tokens, at + 1, YearMarks);
        if (next < tokens.Count && tokens[next] is { Kind: TokenKind.Word, Text.Length: <= 4 } && MonthNames.Find(tokens[next].Text) == 0)
            next = SkipMarks(tokens, next + 1, ".");
        if (next >= tokens.Count) return null;
        var month = tokens[next].Kind == TokenKind.Number ? tokens[next].Value : MonthNames.Find(tokens[next].Text);
        var day = SkipMarks(tokens, next + 1, MonthMarks);
        return next > at + 1 || tokens[next].Kind == TokenKind.Word ? IsDayNumber(tokens, day) ? Day(tokens[at].Value, month, tokens[day].Value) : null : null;
    }

    /// <summary>114-03-15, 114/3/15, 114.03.15.</summary>
    private static DateOnly? OfRepublic(List<DateToken> tokens, int at) =>
        at + 4 < tokens.Count && IsJoint(tokens[at + 1]) && tokens[at + 1].Text == tokens[at + 3].Text && IsDayNumber(tokens, at + 2)
        && IsDayNumber(tokens, at + 4) && !GoesOn(tokens, at + 5) && (at == 0 || !IsJoint(tokens[at - 1]))
            ? Day(RepublicYears + tokens[at].Value, tokens[at + 2].Value, tokens[at + 4].Value)
            : null;

    /// <summary>5.3.2024, 05/03/24, 05-03-2024.</summary>
    private static DateOnly? Numeric(List<DateToken> tokens, int at, bool monthFirst, int shortYears)
    {
        if (at + 4 >= tokens.Count || !(IsJoint(tokens[at + 1]) || IsWideJoint(tokens, at + 1))) return null;
        if (tokens[at + 1].Text != tokens[at + 3].Text || !IsDayNumber(tokens, at + 2)) return null;
        if (IsInsideNumbers(tokens, at) || GoesOn(tokens, at + 5) || FullYear(tokens[at + 4], shortYears) is not { } year) return null;
        var (first, second) = (tokens[at].Value, tokens[at + 2].Value);
        var (day, month) = monthFirst && !tokens[at + 1].IsMark('.') ? (second, first) : (first, second);
        return month > 12 ? Day(year, day, month) : Day(year, month, day);
    }

    private static bool IsJoint(DateToken token) => token is { Kind: TokenKind.Mark, Text: "." or "/" or "-" };

    // 5 | 3 | 2024
    private static bool IsWideJoint(List<DateToken> tokens, int at) => (tokens[at].IsMark('|') || tokens[at].IsMark('·')) && IsYear(tokens[at + 3]);

    private static int? FullYear(DateToken token, int shortYears) => IsYear(token) ? token.Value
        : token is { Kind: TokenKind.Number, Text.Length: 2 } ? (shortYears > 0 ? shortYears : 2000) + token.Value
        : null;

    // 1.2.24.3 is a version.
    private static bool GoesOn(List<DateToken> tokens, int at) =>
        at + 1 < tokens.Count && tokens[at].IsMark('.') && tokens[at + 1].Kind == TokenKind.Number;

    // The second number of 1/2/3/2024.
    private static bool IsInsideNumbers(List<DateToken> tokens, int at) =>
        at > 1 && IsJoint(tokens[at - 1]) && tokens[at - 2].Kind == TokenKind.Number;

    private static bool IsYear(DateToken token) =>
        token is { Kind: TokenKind.Number, Text.Length: 4, Value: (>= 1990 and < 2100) or (>= 1375 and < 1430) or (>= 2530 and < 2600) };

    private static bool IsDayNumber(List<DateToken> tokens, int at) =>
        at < tokens.Count && tokens[at] is { Kind: TokenKind.Number, Text.Length: <= 2, Value: >= 1 and <= 31 };

    private static int SkipMarks(List<DateToken> tokens, int at, string marks)
    {
        while (at < tokens.Count && tokens[at].Kind == TokenKind.Mark && marks.Contains(tokens[at].Text, StringComparison.Ordinal)) at++;
        return at;
    }

    /// <summary>Skips marks and short words (of, de, del, st, th) up to the next number.</summary>
    private static int SkipWords(List<DateToken> tokens, int at, int words)
    {
        while (at < tokens.Count && tokens[at].Kind != TokenKind.Number)
        {
            var text = tokens[at].Text;
            if (tokens[at].Kind == TokenKind.Word && ((text.Length > 3 && !WithinDates.Contains(text)) || words-- == 0)) return tokens.Count;
            if (tokens[at].Kind == TokenKind.Mark && text is not ("." or "," or "-" or "/" or "'" or "’" or "،")) return tokens.Count;
            at++;
        }

        return at;
    }

    private static DateOnly? Day(int year, int month, int day)
    {
        if (month is < 1 or > 24 || day < 1) return null;
        if (month > 12) return SolarHijri.Day(year, month - 12, day);
        if (year is >= 2530 and < 2600) year -= OtherCalendars.BuddhistYears;
        if (SolarHijri.IsYear(year)) return SolarHijri.Day(year, month, day);
        return day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }
}
