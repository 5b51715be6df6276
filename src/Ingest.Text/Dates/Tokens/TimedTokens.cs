using System.Globalization;

namespace Ingest.Text.Dates.Tokens;

/// <summary>Joins the tokens of a folded date text to times of day, offsets and a.m.; marks are only kept as what joins two numbers.</summary>
internal static class TimedTokens
{
    public static List<DateToken> Split(string text, int max)
    {
        var pieces = DateTokens.Split(text, int.MaxValue);
        var tokens = new List<DateToken>();
        var separator = '\0';
        for (int i = 0, end; i < pieces.Count && tokens.Count < max;)
        {
            var piece = pieces[i];
            end = piece.End;
            var joined = piece.Kind switch
            {
                TokenKind.Number => Clock(text, piece, separator, out end) ?? piece with { Separator = separator },
                TokenKind.Word => Word(pieces, i, ref end, text),
                _ => Signed(pieces, i, ref end, text),
            };
            if (joined is { } token) tokens.Add(token);
            separator = joined is null && piece.Text[0] is '/' or '.' or '-' ? piece.Text[0] : '\0';
            while (i < pieces.Count && pieces[i].Start < end) i++;
        }

        return tokens;
    }

    // "a.m" stays together, so that the dot joins no numbers.
    private static DateToken Word(List<DateToken> pieces, int at, ref int end, string text)
    {
        var word = pieces[at];
        if (word.Text.Length > 1 || Next(pieces, at, 1) is not { } dot || !dot.IsMark('.') || Next(pieces, at, 2) is not { Kind: TokenKind.Word } rest)
            return word;
        end = rest.End;
        return word with { Text = text[word.Start..end] };
    }

    // +02, -0500, +02:00, and the number after a dash.
    private static DateToken? Signed(List<DateToken> pieces, int at, ref int end, string text)
    {
        var sign = pieces[at];
        if (!(sign.IsMark('+') || sign.IsMark('-')) || Next(pieces, at, 1) is not { Kind: TokenKind.Number } hours) return null;
        end = hours.End;
        if (hours.Digits <= 2 && Next(pieces, at, 2) is { } colon && colon.IsMark(':') && Next(pieces, at, 3) is { Kind: TokenKind.Number } minutes
            && minutes.Start + 1 < text.Length)
            end = minutes.End;
        return DateToken.Number(
            TokenKind.Zone, text[sign.Start..end], sign.Start, sign.Start > 0 && text[sign.Start - 1] != ' ' ? sign.Text[0] : '\0');
    }

    /// <summary>The token so many places on, when nothing stands between it and this one.</summary>
    private static DateToken? Next(List<DateToken> pieces, int at, int places) =>
        at + places < pieces.Count && pieces[at + places].Start == pieces[at + places - 1].End ? pieces[at + places] : null;

    // 9:15, 09:15:30.5, 9h15, 3pm; not the day of 5.1.2024.
    private static DateToken? Clock(string text, DateToken number, char separator, out int end)
    {
        end = number.End;
        if (number.Digits > 2 || end == text.Length || separator is '/' or '-') return null;
        var time = text[end] == ':' || IsHour(text, end) ? WithMinutes(text, number.Value, ref end) : null;
        if (IsTwelveHours(text.AsSpan(number.End), number.Value)) (time, end) = (TimeSpan.FromHours(number.Value), number.End);
        return time is { } read ? new DateToken(TokenKind.Clock, "", number.Start) { Time = read } : null;
    }

    private static bool IsHour(string text, int at) => text[at] is 'h' or 'H' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    private static bool IsTwelveHours(ReadOnlySpan<char> rest, int hour) =>
        hour is >= 1 and <= 12 && WordedDate.HalfDay(rest.TrimStart(), out var length) != HalfDays.None && length >= 2;

    private static TimeSpan? WithMinutes(string text, int hour, ref int end)
    {
        var colon = end;
        var (at, minute) = Part(text, colon + 1, 1);
        if (at == 0)
        {
            if (text[colon] != ':' || DateParts.TimeOf(hour, 0, 0, 0) is not { } sharp) return null;
            end = colon + 1;
            return sharp;
        }

        var second = 0;
        if (at < text.Length && text[at] is ':' or '.' && Part(text, at + 1, 2) is { At: > 0 } seconds) (at, second) = seconds;
        at += ClockText.Fraction(text.AsSpan(at), out var ticks);
        if (at < text.Length && text[at] == ':') at++;
        if (DateParts.TimeOf(hour, minute, second, ticks) is not { } time) return null;
        end = at;
        return time;
    }

    private static (int At, int Value) Part(string text, int from, int fewest)
    {
        while (from < text.Length && text[from] == ' ') from++;
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - from >= fewest && end - from is 1 or 2 ? (end, int.Parse(text.AsSpan(from, end - from), CultureInfo.InvariantCulture)) : (0, 0);
    }
}
