using System.Collections.Frozen;
using Ingest.Text.Dates.Calendars;
using Ingest.Text.Dates.Tokens;
using Ingest.Text.Dates.Zones;
using Ingest.Text.Languages;

namespace Ingest.Text.Dates;

/// <summary>The half of the day that am and pm tell apart.</summary>
internal enum HalfDays
{
    None,
    Morning,
    Afternoon,
}

/// <summary>Reads dates whose parts come in any order, with month names, separators and words around them.</summary>
internal static class WordedDate
{
    private const int MaxTokens = 40;
    private const int MaxStrayWords = 6;

    private static readonly FrozenDictionary<string, HalfDays> Halves = Language.Words(LanguageKey.Am)
        .Select(static word => KeyValuePair.Create(word, HalfDays.Morning))
        .Concat(Language.Words(LanguageKey.Pm).Select(static word => KeyValuePair.Create(word, HalfDays.Afternoon)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a folded text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="order">How day and month stand in its document, where that is known.</param>
    public static DateParts? Read(string text, NumericOrder? order)
    {
        text = MonthNames.InOneWord(text);
        var tokens = TimedTokens.Split(text, MaxTokens);
        var parts = default(DateParts);
        var half = HalfDays.None;
        TakeClock(text, tokens, ref parts, ref half);
        parts.Weekday = tokens.Where(static t => t.Kind == TokenKind.Word).Select(static t => Weekdays.Find(t.Text))
            .FirstOrDefault(static day => day is not null);
        if (!TakeDay(tokens, ref parts, order)) return null;
        if (parts.Time is { } time && half != HalfDays.None) parts.Time = Shift(time, half);
        return tokens.Count(static t => t.Kind == TokenKind.Word) <= MaxStrayWords ? parts : null;
    }

    /// <summary>Reads am, pm and their kin at the start of the text.</summary>
    public static HalfDays HalfDay(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        while (length < text.Length && (char.IsLetter(text[length]) || text[length] == '.')) length++;
        return Halves.GetValueOrDefault(text[..length].ToString().Replace(".", "", StringComparison.Ordinal));
    }

    /// <summary>The time in its half of the day. A 24-hour time stays.</summary>
    public static TimeSpan Shift(TimeSpan time, HalfDays half) => (half, time.Hours) switch
    {
        (HalfDays.Afternoon, < 12) => time + TimeSpan.FromHours(12),
        (HalfDays.Morning, 12) => time - TimeSpan.FromHours(12),
        _ => time,
    };

    private static void TakeClock(string text, List<DateToken> tokens, ref DateParts parts, ref HalfDays half)
    {
        var at = tokens.FindIndex(static t => t.Kind == TokenKind.Clock);
        if (at < 0) return;
        var clock = tokens[at];
        parts.Time = clock.Time;
        tokens.RemoveAt(at);
        if (at > 0 && TakeHalf(tokens, at - 1, ref half)) at--;
        if (at < tokens.Count) TakeHalf(tokens, at, ref half);

        // One word may stand between: "10:30 Uhr CET".
        var mayLackSign = clock.Text.AsSpan().Count(':') == 2;
        for (var next = at; next < tokens.Count && next < at + 2 && parts.Zone is null; next++)
            parts.Zone = TakeZone(text, tokens, next, clock.End, mayLackSign && next == at);
    }

    private static StatedZone? TakeZone(string text, List<DateToken> tokens, int at, int clockEnd, bool mayLackSign)
    {
        var (kind, start) = (tokens[at].Kind, tokens[at].Start);
        if (kind == TokenKind.Zone && tokens[at].Separator != '\0' && start != clockEnd) return null;

        // "+ 0100": the sign is no token.
        var between = text.AsSpan(clockEnd, Math.Max(0, start - clockEnd));
        if (kind is TokenKind.Number or TokenKind.Clock && between.LastIndexOfAny('+', '-') is >= 0 and var sign) start = clockEnd + sign;
        if (ZoneText.Read(text.AsSpan(start), mayLackSign, out var length) is not { } zone) return null;
        tokens.RemoveAll(token => token.Start >= start && token.Start < start + length);
        return zone;
    }

    private static bool TakeHalf(List<DateToken> tokens, int at, ref HalfDays half)
    {
        var stated = tokens[at].Kind == TokenKind.Word ? HalfDay(tokens[at].Text, out _) : HalfDays.None;
        if (stated == HalfDays.None) return false;
        half = stated;
        tokens.RemoveAt(at);
        return true;
    }

    private static bool TakeDay(List<DateToken> tokens, ref DateParts parts, NumericOrder? order)
    {
        var month = LastMonth(tokens);
        return month >= 0 ? TakeWorded(tokens, month, ref parts) : TakeNumeric(tokens, ref parts, order);
    }

    // "mar, 05 mar 2024": a weekday may look like a month, but comes before it.
    private static int LastMonth(List<DateToken> tokens) =>
        tokens.FindLastIndex(static t => t.Kind == TokenKind.Word && MonthNames.Find(t.Text) != 0) is >= 0 and var last
        && (IsNumber(tokens, last - 1) || IsNumber(tokens, last + 1)) ? last
        : tokens.FindIndex(static t => t.Kind == TokenKind.Word && MonthNames.Find(t.Text) != 0);

    private static bool IsNumber(List<DateToken> tokens, int at) => at >= 0 && at < tokens.Count && tokens[at].Kind is TokenKind.Number or TokenKind.Zone;

    private static bool TakeWorded(List<DateToken> tokens, int monthAt, ref DateParts parts)
    {
        parts.Month = MonthNames.Find(tokens[monthAt].Text);
        var numbers = tokens
            .Select(static (token, at) => (token, at))
            .Where(static t => t.token.Kind is TokenKind.Number or TokenKind.Zone && t.token.Digits <= 4)
            .OrderBy(t => Math.Abs(t.at - monthAt)).ThenBy(t => t.at < monthAt ? 0 : 1).Take(2).OrderBy(static t => t.at).Select(static t => t.token).ToList();
        var year = numbers.Find(static n => n.Digits >= 3 || n.Value > 31);
        if (year.Digits == 0 && numbers.Count == 2) year = numbers[1];
        if (year.Digits < 2) return false;
        var days = numbers.Where(n => n.Start != year.Start).ToList();
        parts.Year = DateParts.FullYear(year.Value, year.Digits);
        parts.Day = days.Count > 0 ? days[0].Value : 1;
        if (parts.Month > 12 && !ToCommonCalendar(ref parts)) return false;
        tokens.RemoveAt(monthAt);
        return days.Count > 0 || (parts.Time is null && tokens.TrueForAll(static t => t.Kind != TokenKind.Word));
    }

    private static bool ToCommonCalendar(ref DateParts parts)
    {
        if (SolarHijri.Day(parts.Year, parts.Month - 12, parts.Day) is not { } day) return false;
        (parts.Year, parts.Month, parts.Day) = (day.Year, day.Month, day.Day);
        return true;
    }

    private static bool TakeNumeric(List<DateToken> tokens, ref DateParts parts, NumericOrder? order)
    {
        for (var i = 0; i + 2 < tokens.Count; i++)
        {
            var (a, b, c) = (tokens[i], tokens[i + 1], tokens[i + 2]);
            if (a.Kind != TokenKind.Number || !b.IsJoinedNumber || !c.IsJoinedNumber || b.Separator != c.Separator) continue;
            if (a.Digits == 4) (parts.Year, parts.Month, parts.Day) = (a.Value, b.Value, c.Value);
            else if (c.Digits is 2 or 4) YearLast.Put(ref parts, a.Value, b.Value, DateParts.FullYear(c.Value, c.Digits), b.Separator, order);
            else continue;
            return true;
        }

        return false;
    }
}
