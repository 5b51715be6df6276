using System.Text.RegularExpressions;
using Ingest.Text;

namespace Ingest.Pages.Claims.People;

/// <summary>Reads whose the text is by its notice: "© 2024 Jane Doe", "Copyright (c) 2012- Jane Doe. All rights reserved".</summary>
internal static partial class Copyright
{
    private const int LongestNotice = 200;
    private const int MostWords = 3;

    /// <summary>A cheap look at the beginning.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        return text.Length is > 6 and <= LongestNotice && (text[0] == '©' || text.StartsWith("(c)", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("copyright", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The person whom the notice names; null when it names a house, or none.</summary>
    public static string? Owner(string notice) =>
        Notice().Match(PlainText.Line(notice)) is { Success: true } match && match.Groups["name"].Value.TrimEnd('.', ' ') is var name
            && name.Count(static c => c == ' ') < MostWords && name.Any(char.IsLower) && Byline.IsSurelyAPerson(name)
            ? name
            : null;

    [GeneratedRegex(
        @"^(copyright|©|\(c\)|\s|:)+(\d{4}\s*([-–]\s*(\d{4})?)?)?\s*(by\s+)?(?<name>\p{L}[\p{L}'’. -]{4,40}?)\s*([.]\s|[.]?$|[,|•·–©\d]|-\s)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Notice();
}
