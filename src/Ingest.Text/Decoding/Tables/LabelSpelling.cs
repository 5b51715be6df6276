using System.Globalization;

namespace Ingest.Text.Decoding.Tables;

/// <summary>The names of code pages as people spell them: iso8859_15, ISO-8859-15:1998, win1251, CP-1250, latin-2.</summary>
internal static class LabelSpelling
{
    private static readonly string[] OfWindows = ["windows", "win", "xcp", "cp", "ms", "msansi", "ansi"];

    /// <summary>The usual spelling; the name itself where it is of no such family.</summary>
    public static string Plain(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var bare = string.Concat((colon < 0 ? name : name[..colon]).Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        if (bare.StartsWith("iso8859", StringComparison.Ordinal) && IsNumber(bare.AsSpan(7), 1, 16)) return "iso-8859-" + bare[7..];
        if (bare.StartsWith("latin", StringComparison.Ordinal) && IsNumber(bare.AsSpan(5), 1, 10)) return bare;
        foreach (var family in OfWindows)
        {
            if (!bare.StartsWith(family, StringComparison.Ordinal)) continue;
            var number = bare.AsSpan(family.Length);
            if (IsNumber(number, 1250, 1258) || IsNumber(number, 874, 874)) return "windows-" + number.ToString();
        }

        return name;
    }

    private static bool IsNumber(ReadOnlySpan<char> digits, int least, int most) =>
        digits.Length is > 0 and < 5 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most;
}
