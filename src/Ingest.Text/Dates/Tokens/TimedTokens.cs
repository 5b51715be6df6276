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
                TokenKind.Number => Clock(text, pieces, i, tokens, separator, out end) ?? piece with { Separator = separator },
                TokenKind.Word => Word(pieces, i, ref end, text),
                _ => IsDashBeforeClock(pieces, i, tokens) ? null : Signed(pieces, i, ref end, text),
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

    // 9:15, 09:15:30.5, 9h15, 3pm, 9.15; not the day of 5.1.2024.
    private static DateToken? Clock(string text, List<DateToken> pieces, int at, List<DateToken> before, char separator, out int end)
    {
        var number = pieces[at];
        end = number.End;
        if (number.Digits > 2 || end == text.Length || (separator is '/' or '-' && !HasDay(before))) return null;
        if (IsTwelveHours(text.AsSpan(number.End), number.Value)) return Clock(text, number, end, TimeSpan.FromHours(number.Value));
        if (text[end] == ':' || IsHour(text, end)) return WithMinutes(text, number.Value, ref end, out var time) ? Clock(text, number, end, time) : null;
        if (text[end] is not ('.' or '-') || !IsApart(text, pieces, at, before, separator)) return null;
        var length = ClockText.Separated(text.AsSpan(number.Start), out var separated);
        if (length == 0) return null;
        end = number.Start + length;
        return Clock(text, number, end, separated);
    }

    private static DateToken Clock(string text, DateToken number, int end, TimeSpan? time) =>
        new(TokenKind.Clock, text[number.Start..end], number.Start) { Time = time };

    // Behind a whole day 10.30.15 is a time; elsewhere only what no day can be: two numbers that a dot joins to no third one.
    private static bool IsApart(string text, List<DateToken> pieces, int at, List<DateToken> before, char separator)
    {
        if (HasDay(before)) return true;
        if (text[pieces[at].End] == '-' || (separator == '.' && before is [.., { Kind: not TokenKind.Word }])) return false;
        return at + 3 >= pieces.Count || !pieces[at + 3].IsMark('.') || at + 4 >= pieces.Count || pieces[at + 4].Kind != TokenKind.Number;
    }

    // "2024-10:30" in "05.01.2024-10:30" is no offset, for there is no time yet that it would belong to.
    private static bool IsDashBeforeClock(List<DateToken> pieces, int at, List<DateToken> before) =>
        pieces[at].IsMark('-') && at > 0 && pieces[at - 1].End == pieces[at].Start && HasDay(before)
        && !before.Exists(static token => token.Kind == TokenKind.Clock)
        && Next(pieces, at, 1) is { Kind: TokenKind.Number, Digits: <= 2 } && Next(pieces, at, 2) is { } joint && (joint.IsMark(':') || joint.IsMark('.'));

    // Three numbers, or a month's name and two.
    private static bool HasDay(List<DateToken> tokens)
    {
        var numbers = tokens.Count(static token => token.Kind is TokenKind.Number or TokenKind.Zone);
        return numbers >= 3 || (numbers == 2 && tokens.Exists(static token => token.Kind == TokenKind.Word && MonthNames.Find(token.Text) != 0));
    }

    private static bool IsHour(string text, int at) => text[at] is 'h' or 'H' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]);

    private static bool IsTwelveHours(ReadOnlySpan<char> rest, int hour) =>
        hour is >= 1 and <= 12 && WordedDate.HalfDay(rest.TrimStart(), out var length) != HalfDays.None && length >= 2;

    // False where there is no time; a time that no clock shows is null, and none of its numbers is the day's.
    private static bool WithMinutes(string text, int hour, ref int end, out TimeSpan? time)
    {
        var colon = end;
        var (at, minute) = Part(text, colon + 1, 1);
        if (at == 0)
        {
            time = DateParts.TimeOf(hour, 0, 0, 0);
            if (text[colon] != ':' || time is null) return false;
            end = colon + 1;
            return true;
        }

        var second = 0;
        if (at < text.Length && text[at] is ':' or '.' && Part(text, at + 1, 2) is { At: > 0 } seconds) (at, second) = seconds;
        at += ClockText.Fraction(text.AsSpan(at), out var ticks);
        if (at < text.Length && text[at] == ':') at++;
        time = DateParts.TimeOf(hour, minute, second, ticks);
        end = at;
        return true;
    }

    private static (int At, int Value) Part(string text, int from, int fewest)
    {
        while (from < text.Length && text[from] == ' ') from++;
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - from >= fewest && end - from is 1 or 2 ? (end, int.Parse(text.AsSpan(from, end - from), CultureInfo.InvariantCulture)) : (0, 0);
    }
}
