using System.Globalization;
using Ingest.Text.Languages;

namespace Ingest.Identity.Duplicates;

/// <summary>A word, or one letter of a script that does not part its words.</summary>
/// <param name="Hash">Hash of the lower-case letters and digits.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Token(ulong Hash, TokenKind Kind);

/// <summary>What a token is to the comparison of two texts.</summary>
internal enum TokenKind : byte
{
    Word,

    /// <summary>A word with a capital letter that does not begin a sentence.</summary>
    Name,

    /// <summary>A word of digits.</summary>
    Number,

    /// <summary>A letter of Chinese, Japanese, Thai, …</summary>
    Letter,
}

/// <summary>Cuts a text into tokens: punctuation, quotes, white space and case make no difference.</summary>
internal static class TokenReader
{
    private const ulong Seed = 0xCBF29CE484222325;
    private const ulong Prime = 0x100000001B3;

    /// <summary>The tokens of the text, at most <paramref name="limit"/>.</summary>
    public static List<Token> Read(string text, int limit)
    {
        var tokens = new List<Token>(Math.Min(limit, text.Length / 5));
        var sentence = true;
        var i = 0;
        while (i < text.Length && tokens.Count < limit)
        {
            var c = text[i];
            if (Scripts.IsSpaceless(c))
            {
                tokens.Add(new Token(Mix(Seed, c), TokenKind.Letter));
                i++;
            }
            else if (IsWordPart(text, i))
            {
                i = ReadWord(text, i, sentence, tokens);
                sentence = false;
            }
            else
            {
                sentence |= c is '.' or '!' or '?' or '\n' or ':' or '"' or '“' or '„' or '«' or '•';
                i++;
            }
        }

        return tokens;
    }

    private static int ReadWord(string text, int start, bool sentence, List<Token> tokens)
    {
        var hash = Seed;
        var digits = true;
        var i = start;
        for (; i < text.Length && IsWordPart(text, i) && !Scripts.IsSpaceless(text[i]); i++)
        {
            digits &= char.IsDigit(text[i]);
            hash = Mix(hash, char.IsDigit(text[i]) ? (char)('0' + (int)char.GetNumericValue(text[i])) : char.ToLowerInvariant(text[i]));

            // "1,234.5" and "don't" are one word each.
            if (i + 2 < text.Length && text[i + 1] is '.' or ',' or '\'' or '’' && i + 2 < text.Length && IsWordPart(text, i + 2)
                && (text[i + 1] is '\'' or '’' || (digits && char.IsDigit(text[i + 2]))))
                i++;
        }

        tokens.Add(new Token(hash, digits ? TokenKind.Number : char.IsUpper(text[start]) && !sentence ? TokenKind.Name : TokenKind.Word));
        return i;
    }

    private static bool IsWordPart(string text, int i)
    {
        var c = text[i];
        return char.IsAsciiLetterOrDigit(c)
            || (
                c > 0x7F
                    && (
                        char.IsLetterOrDigit(c) || char.IsSurrogate(c)
                            || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark));
    }

    private static ulong Mix(ulong hash, char c) => (hash ^ c) * Prime;
}
