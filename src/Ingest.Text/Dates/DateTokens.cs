using System.Globalization;

namespace Ingest.Text.Dates;

internal enum TokenKind
{
    Number,
    Word,

    /// <summary>A time of day.</summary>
    Clock,

    /// <summary>A signed number: an offset, or a number after a dash.</summary>
    Zone,
}

/// <summary>A piece of a date text.</summary>
internal readonly record struct DateToken(TokenKind Kind, string Text, int Start)
{
    public int Value { get; init; }

    public int Digits { get; init; }

    public TimeSpan Time { get; init; }

    /// <summary>The one of <c>/ . -</c> that joins this token to the one before; NUL when there is none.</summary>
    public char Separator { get; init; }

    public bool IsJoinedNumber => Kind is TokenKind.Number or TokenKind.Zone && Separator != '\0';
}

/// <summary>Splits a folded date text into numbers, words, times and offsets.</summary>
internal static class DateTokens
{
    public static List<DateToken> Split(string text, int max)
    {
        var tokens = new List<DateToken>();
        var separator = '\0';
        for (var at = 0; at < text.Length && tokens.Count < max;)
        {
            var c = text[at];
            var length = 1;
            if (char.IsAsciiDigit(c) && Clock(text.AsSpan(at), separator) is { Length: > 0 } clock)
            {
                tokens.Add(new DateToken(TokenKind.Clock, "", at) { Time = clock.Time });
                length = clock.Length;
            }
            else if (char.IsAsciiDigit(c))
            {
                length = DigitRun(text.AsSpan(at));
                tokens.Add(Number(text.Substring(at, length), at, TokenKind.Number, separator));
            }
            else if (IsSigned(text, at))
            {
                length = 1 + SignedRun(text.AsSpan(at + 1));
                tokens.Add(Number(text.Substring(at, length), at, TokenKind.Zone, at > 0 && text[at - 1] != ' ' ? c : '\0'));
            }
            else if (char.IsLetter(c))
            {
                length = WordRun(text.AsSpan(at));
                tokens.Add(new DateToken(TokenKind.Word, text.Substring(at, length), at));
            }

            at += length;
            separator = c is '/' or '.' or '-' && length == 1 ? c : c == ' ' && length == 1 ? separator : '\0';
        }

        return tokens;
    }

    private static DateToken Number(string text, int start, TokenKind kind, char separator)
    {
        var digits = text.AsSpan().TrimStart("+-");
        var plain = !digits.ContainsAnyExceptInRange('0', '9') && digits.Length <= 6;
        return new DateToken(kind, text, start)
        {
            Value = plain ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue,
            Digits = digits.Length,
            Separator = separator,
        };
    }

    // 9:15, 09:15:30.5, 9h15, 3pm; not the day of 5.1.2024.
    private static (int Length, TimeSpan Time) Clock(ReadOnlySpan<char> text, char separator)
    {
        var digits = DigitRun(text);
        if (digits > 2 || digits == text.Length || separator is '/' or '-') return default;
        var hour = int.Parse(text[..digits], CultureInfo.InvariantCulture);
        var rest = text[digits..];
        if (WordedDate.HalfDay(rest.TrimStart(), out var half) != HalfDays.None && half >= 2 && hour is >= 1 and <= 12)
            return (digits, TimeSpan.FromHours(hour));
        var isHour = rest[0] is 'h' or 'H' && rest.Length > 1 && char.IsAsciiDigit(rest[1]);
        if (rest[0] != ':' && !isHour) return default;
        var (at, minute) = Part(text, digits + 1, 1);
        if (at == 0) return rest[0] == ':' && DateParts.TimeOf(hour, 0, 0, 0) is { } sharp ? (digits + 1, sharp) : default;
        var second = 0;
        if (at < text.Length && text[at] is ':' or '.' && Part(text, at + 1, 2) is { At: > 0 } seconds) (at, second) = seconds;
        at += ClockText.Fraction(text[at..], out var ticks);
        if (at < text.Length && text[at] == ':') at++;
        return DateParts.TimeOf(hour, minute, second, ticks) is { } time ? (at, time) : default;
    }

    private static (int At, int Value) Part(ReadOnlySpan<char> text, int from, int fewest)
    {
        while (from < text.Length && text[from] == ' ') from++;
        var digits = from < text.Length ? DigitRun(text[from..]) : 0;
        return digits >= fewest && digits <= 2 ? (from + digits, int.Parse(text.Slice(from, digits), CultureInfo.InvariantCulture)) : (0, 0);
    }

    private static bool IsSigned(string text, int at) =>
        text[at] is '+' or '-' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    private static int SignedRun(ReadOnlySpan<char> text)
    {
        var at = DigitRun(text);
        return at is 1 or 2 && at + 2 < text.Length && text[at] == ':' && char.IsAsciiDigit(text[at + 1]) ? at + 1 + DigitRun(text[(at + 1)..]) : at;
    }

    private static int DigitRun(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }

    // GMT+2 and EST5EDT stay whole words only up to the sign; a.m. keeps its dots.
    private static int WordRun(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length
            && (
                char.IsLetter(text[at]) || IsMark(text[at])
                    || (text[at] == '.' && at + 1 < text.Length && at <= 2 && char.IsLetter(text[at + 1]) && at % 2 == 1)))
            at++;
        return at;
    }

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
