using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingest.Text.Dates.Tokens;

internal enum TokenKind
{
    Number,
    Word,

    /// <summary>Any other character that is not whitespace, and the signs that count years, months and days.</summary>
    Mark,

    /// <summary>A time of day.</summary>
    Clock,

    /// <summary>A signed number: an offset, or a number after a dash.</summary>
    Zone,
}

/// <summary>A piece of a date text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it stands there, digits and marks as ASCII has them.</param>
/// <param name="Start">Its place in the text.</param>
internal readonly record struct DateToken(TokenKind Kind, string Text, int Start)
{
    private const int MostDigits = 6;

    /// <summary>Of a number; more than any date has when it is too long to be part of one.</summary>
    public int Value { get; init; }

    public int Digits { get; init; }

    /// <summary>Of a clock; null when no clock shows it (25:00), and is no part of the day's numbers all the same.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The one of <c>/ . -</c> that joins this token to the one before; NUL when there is none.</summary>
    public char Separator { get; init; }

    public int End => Start + Text.Length;

    public bool IsJoinedNumber => Kind is TokenKind.Number or TokenKind.Zone && Separator != '\0';

    /// <summary>A number, with its sign if it has one.</summary>
    public static DateToken Number(TokenKind kind, string text, int start, char separator = '\0')
    {
        var digits = text.AsSpan().TrimStart("+-");
        var plain = !digits.ContainsAnyExceptInRange('0', '9') && digits.Length <= MostDigits;
        return new DateToken(kind, text, start)
        {
            Value = plain ? int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue,
            Digits = digits.Length,
            Separator = separator,
        };
    }

    public bool IsMark(char mark) => Kind == TokenKind.Mark && Text[0] == mark;
}

/// <summary>Splits a date text, wherever it stands.</summary>
internal static class DateTokens
{
    private static readonly SearchValues<char> DigitsOfAll =
        SearchValues.Create([.. Enumerable.Range(0, char.MaxValue + 1).Select(static code => (char)code).Where(char.IsDigit)]);

    /// <summary>Is there a digit in the text, of whatever script? Without one there is no date.</summary>
    public static bool HaveDigit(ReadOnlySpan<char> text) => text.ContainsAny(DigitsOfAll);

    /// <summary>The numbers, words and marks of the text.</summary>
    public static List<DateToken> Split(string text, int max)
    {
        var tokens = new List<DateToken>();
        for (var at = 0; at < text.Length && tokens.Count < max;)
        {
            var start = at;
            if (char.IsDigit(text[at]))
            {
                while (at < text.Length && char.IsDigit(text[at])) at++;
                tokens.Add(DateToken.Number(TokenKind.Number, Digits(text, start, at), start));
            }
            else if (IsWordPart(text[at]))
            {
                while (at < text.Length && IsWordPart(text[at])) at++;
                tokens.Add(new DateToken(TokenKind.Word, text[start..at], start));
            }
            else if (!char.IsWhiteSpace(text[at++]))
            {
                tokens.Add(new DateToken(TokenKind.Mark, Plain(text[start]).ToString(), start));
            }
        }

        return tokens;
    }

    private static string Digits(string text, int start, int end)
    {
        var digits = text.AsSpan(start, end - start);
        if (!digits.ContainsAnyExceptInRange('0', '9')) return digits.ToString();
        var plain = new StringBuilder(digits.Length);
        foreach (var digit in digits) plain.Append((char)('0' + (int)char.GetNumericValue(digit)));
        return plain.ToString();
    }

    private static bool IsWordPart(char c) => !DateSigns.CountsDays(c)
        && (char.IsLetter(c)
            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format);

    private static char Plain(char c) => c switch
    {
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => '-',
        '\u2044' or '\u2215' or '／' => '/',
        '．' => '.',
        _ => c,
    };
}
