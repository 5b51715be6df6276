using System.Globalization;
using Ingest.Text.Dates;

namespace Ingest.Pages.Claims.Marks.Dated;

/// <summary>
/// Joins a date whose day, month and year stand in an element each: "5." and a link "March 2024", or "05", "Mar" and "2024" as the sheets of a calendar.
/// </summary>
internal sealed class DatePieces
{
    private const int LongestPiece = 12;
    private const int LongestLast = 60;
    private const int FarthestPiece = 3;

    private string _before = "";
    private int _order;

    /// <summary>The date, if this text is the last piece of one and is none without those before it; else null.</summary>
    public string? Join(string text, int order)
    {
        var piece = text.AsSpan().Trim();
        var before = order - _order <= FarthestPiece ? _before : "";
        (_before, _order) = ("", order);
        if (piece.Length is 0 or > LongestLast) return null;
        var first = piece[..(piece.IndexOfAny(' ', '\u00A0', ',') is > 0 and var end ? end : piece.Length)].Trim(".,");
        if (before.Length > 0 && EndsInYear(piece, first, before)) return $"{before} {piece}";
        if (piece.Length <= LongestPiece && (IsDay(first, piece) || MonthNames.Find(first) > 0))
            _before = before.Length > 0 && IsDay(first, piece) != char.IsAsciiDigit(before[0]) ? $"{before} {piece}" : piece.ToString();
        return null;
    }

    // "March 2024 at 10:30" behind "5.", "2024" behind "5 March" or "March 5".
    private static bool EndsInYear(ReadOnlySpan<char> piece, ReadOnlySpan<char> first, string before) =>
        char.IsAsciiDigit(before[0]) && !before.Any(char.IsLetter)
            ? MonthNames.Find(first) > 0 && piece[first.Length..].TrimStart("., ") is { Length: >= 4 } year && IsYear(year[..4])
            : before.Any(char.IsAsciiDigit) && before.Any(char.IsLetter) && first.Length == 4 && IsYear(first);

    private static bool IsDay(ReadOnlySpan<char> first, ReadOnlySpan<char> piece) =>
        first.Length == piece.TrimEnd(".,").Length && first.Length is 1 or 2
            && int.TryParse(first, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31;

    private static bool IsYear(ReadOnlySpan<char> text) => int.TryParse(text, CultureInfo.InvariantCulture, out var year) && year is > 1990 and < 2100;
}
