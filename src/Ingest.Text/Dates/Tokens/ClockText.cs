namespace Ingest.Text.Dates.Tokens;

/// <summary>Times of day inside date texts.</summary>
internal static class ClockText
{
    /// <summary>Reads <c>.25</c> or <c>,25</c> into ticks, digits past the seventh dropped.</summary>
    /// <returns>Characters read, the separator included; 0 when there is no fraction.</returns>
    public static int Fraction(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 2 || text[0] is not ('.' or ',') || !char.IsAsciiDigit(text[1])) return 0;
        var scale = TimeSpan.TicksPerSecond / 10;
        var at = 1;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, scale /= 10) ticks += (text[at] - '0') * scale;
        return at;
    }

    /// <summary>Reads an ISO 8601 time: hh, hhmm, hhmmss, hh:mm, hh:mm:ss, each with a fraction of the second.</summary>
    /// <returns>Characters read; 0 when there is no such time.</returns>
    public static int Iso(ReadOnlySpan<char> text, out TimeSpan time)
    {
        var separated = Separated(text, out time);
        if (separated > 0) return separated;
        var at = 0;
        Span<int> parts = [0, 0, 0];
        for (var part = 0; part < 3; part++)
        {
            var from = at;
            if (part > 0 && at < text.Length && text[at] == ':') from++;
            var digits = 0;
            while (digits < 2 && from + digits < text.Length && char.IsAsciiDigit(text[from + digits])) digits++;
            if (digits == 0 || (digits == 1 && part > 0 && from == at)) break;
            parts[part] = int.Parse(text.Slice(from, digits), System.Globalization.CultureInfo.InvariantCulture);
            at = from + digits;
        }

        if (at == 0) return 0;
        at += Fraction(text[at..], out var ticks);
        if (DateParts.TimeOf(parts[0], parts[1], parts[2], ticks) is not { } read) return 0;
        time = read;
        return at;
    }

    /// <summary>Reads 10.30, 10.30.15.5 and 10-30-15; not 10-30, which may be an offset.</summary>
    /// <returns>Characters read; 0 when there is no such time.</returns>
    public static int Separated(ReadOnlySpan<char> text, out TimeSpan time)
    {
        time = default;
        var hourDigits = Digits(text, 0);
        if (hourDigits is 0 or > 2 || hourDigits >= text.Length || text[hourDigits] is not ('.' or '-') || Digits(text, hourDigits + 1) != 2) return 0;
        var at = hourDigits + 3;
        var second = 0;
        var hasSecond = at < text.Length && text[at] == text[hourDigits] && Digits(text, at + 1) == 2;
        if (hasSecond)
        {
            second = Number(text.Slice(at + 1, 2));
            at += 3;
        }
        else if (text[hourDigits] == '-')
        {
            return 0;
        }

        at += hasSecond ? Fraction(text[at..], out var ticks) : Fraction([], out ticks);
        if (at < text.Length && char.IsAsciiDigit(text[at])) return 0;
        if (DateParts.TimeOf(Number(text[..hourDigits]), Number(text.Slice(hourDigits + 1, 2)), second, ticks) is not { } read) return 0;
        time = read;
        return at;
    }

    private static int Digits(ReadOnlySpan<char> text, int from)
    {
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end])) end++;
        return end - from;
    }

    private static int Number(ReadOnlySpan<char> digits) =>
        int.Parse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture);
}
