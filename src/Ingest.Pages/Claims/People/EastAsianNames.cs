using System.Buffers;
using System.Collections.Frozen;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.People;

/// <summary>Tells names in Chinese, Japanese and Korean, which no capital marks: by their length, and by the surname that they begin with.</summary>
internal static class EastAsianNames
{
    private const int LongestName = 12;
    private const int LongestSurname = 3;
    private const int LongestHouse = 40;

    private static readonly SearchValues<char> Parting = SearchValues.Create(" 、,，;；/／|｜&＆\u3000");
    private static readonly FrozenSet<string> Surnames = Language.Words(LanguageKey.Surnames).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Titles =
        Language.Words(LanguageKey.Reporters, LanguageKey.ReportersBehind, LanguageKey.By).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Is most of the text in one of these scripts?</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\u3040', '\uD7A3') < 0) return false;
        var (letters, wide) = (0, 0);
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            letters++;
            if (IsWide(c)) wide++;
        }

        return wide * 2 > letters;
    }

    public static bool IsWide(char c) => c is >= '\u3040' and <= '\uD7A3';

    /// <summary>Is this a whole name, by its surname and length?</summary>
    public static bool IsFull(string text)
    {
        var bare = text.Replace(" ", "", StringComparison.Ordinal);
        if (bare.Length is < 2 or > LongestName || !bare.All(IsWide) || Byline.IsInstitution(bare) || !Byline.IsName(text)) return false;
        for (var length = Math.Min(LongestSurname, bare.Length - 1); length > 0; length--)
        {
            if (Surnames.Contains(bare[..length])) return bare.Length - length <= (length == 1 ? 2 : 3) + (IsHangul(bare[0]) ? 1 : 0);
        }

        return false;
    }

    /// <summary>Might this be a name: two to four characters, or parts with a dot between them?</summary>
    public static bool MayBe(string text)
    {
        var letters = text.Count(IsWide);
        return letters == text.Count(static c => c is not ('·' or '・' or '•')) && letters >= 2 && letters <= (letters == text.Length ? 4 : LongestName)
            && !Titles.Contains(text) && !Byline.IsInstitution(text) && Byline.IsName(text);
    }

    /// <summary>The names in a text that holds nothing else; the text as it stands where it is the name of a house.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var tokens = Tokens(text);
        if (tokens.Count > 0 && tokens.TrueForAll(static token => token.Length == 1 || MayBe(token) || IsFull(token))) return Joined(tokens);
        if (tokens.Count > 1 && tokens.FindAll(IsFull) is { Count: > 0 } full) return full;
        var whole = text.Trim(' ', ':', '：', '(', ')', '（', '）', '【', '】', '[', ']', '。', '.', ',', '/', '|');
        return whole.Length is > 1 and <= LongestHouse ? [whole] : [];
    }

    /// <summary>The parts of a list of names, without what the people are.</summary>
    public static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOfAny(Parting);
            var token = (end < 0 ? rest : rest[..end]).Trim("()（）【】[]:：。.").ToString();
            rest = end < 0 ? [] : rest[(end + 1)..];
            if (token.Length == 0 || Titles.Contains(token)) continue;
            var dotted = token.Split('·', '・');
            if (dotted.Length > 1 && Array.TrueForAll(dotted, IsFull)) tokens.AddRange(dotted);
            else tokens.Add(token);
        }

        return tokens;
    }

    // "王 芳" is one name, and so is "山田 太郎", but "王建宏 张文攀" are two.
    private static List<string> Joined(List<string> tokens)
    {
        if (tokens.Count == 2 && tokens[0].Length <= 3 && !(IsFull(tokens[0]) && IsFull(tokens[1])) && IsFull(string.Concat(tokens)))
            return [tokens[0].Length == 1 || tokens[1].Length == 1 ? string.Concat(tokens) : string.Join(' ', tokens)];
        var names = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
            names.Add(tokens[i].Length == 1 && i + 1 < tokens.Count ? tokens[i] + tokens[++i] : tokens[i]);
        return [.. names.Where(static name => name.Length > 1).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsHangul(char c) => c is >= '\uAC00' and <= '\uD7A3';
}
