using System.Globalization;
using System.Text;

namespace Ingest.Text.Html;

/// <summary>Reads the pictures that stand for a letter: emoji and smilies, whose alternative text is what the writer typed.</summary>
internal static class EmojiPicture
{
    // A family of four with joiners and tones is one letter to its reader.
    private const int Longest = 40;

    private static readonly string[] Marks = ["emoji", "smiley", "smilies", "emoticon"];

    /// <summary>The letter that a picture stands for; null when it is a picture.</summary>
    public static string? TextOf(TagAttributes attributes) =>
        attributes.Value("alt") is { Length: <= Longest } alt
            && (IsSymbol(alt) || IsMarked(attributes.Value("class")) || IsMarked(attributes.Value("src"))) ? alt : null;

    private static bool IsMarked(string? value) => value is not null && Array.Exists(Marks, mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase));

    // Symbols alone, with what joins and varies them; digits may be the keys of "1️⃣", and only then.
    private static bool IsSymbol(string text)
    {
        var symbols = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol || rune.Value is 0x20E3 or 0x203C or 0x2049) symbols++;
            else if (!IsJoined(rune)) return false;
        }

        return symbols > 0;
    }

    private static bool IsJoined(Rune rune) =>
        rune.Value is 0x200D or 0xFE0E or 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F) or ' ' or '#' or '*' or (>= '0' and <= '9');
}
