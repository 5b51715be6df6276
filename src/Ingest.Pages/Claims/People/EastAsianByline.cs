using System.Buffers;
using Ingest.Text.Languages;

namespace Ingest.Pages.Claims.People;

/// <summary>
/// Finds who wrote a Chinese, Japanese or Korean text: "作者：王芳", "（记者 王建宏）", "홍길동 기자", "文／山田太郎", and the names in brackets that end it. Such bylines stand in
/// the article's own first or last paragraph as often as on a line of their own.
/// </summary>
internal static class EastAsianByline
{
    private const int LongestLine = 80;
    private const int LongestOutlet = 16;
    private const int LongestNames = 50;
    private const int EdgeOfText = 60;
    private const int LongestHead = 120;
    private const int LongestTail = 100;
    private const string Closing = "）)】]〕］";

    private static readonly string[] Before = ByLength(Language.Words(LanguageKey.Reporters));
    private static readonly string[] Behind = ByLength(Language.Words(LanguageKey.ReportersBehind));
    private static readonly string[] Labels = ByLength([.. Language.Words(LanguageKey.By).Where(static word => EastAsianNames.IsWide(word[0]))]);

    private static readonly SearchValues<string> Any = SearchValues.Create([.. Before, .. Behind, .. Labels], StringComparison.Ordinal);
    private static readonly SearchValues<char> Openings = SearchValues.Create("（(【[〔［");
    private static readonly SearchValues<char> Closings = SearchValues.Create(Closing);
    private static readonly SearchValues<char> BeforeNames = SearchValues.Create("()（）【】[]=:：|\n");
    private static readonly SearchValues<char> NamesEnd = SearchValues.Create("（(【[）)】]〕］/／|｜。！？;；\n=＝@");

    /// <summary>The names; empty when the text holds none. Of a long text only the beginning and the end are looked at.</summary>
    public static IReadOnlyList<string> Names(string text)
    {
        if (text.Length <= LongestHead + LongestTail) return In(text);
        return In(text[..LongestHead]) is { Count: > 0 } names ? names : In(text[^LongestTail..]);
    }

    private static List<string> In(string text)
    {
        if (text.Length <= LongestLine)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (LabelledAt(text, at) is { Count: > 0 } labelled) return labelled;
            }
        }

        for (var from = 0; from < text.Length && text.AsSpan(from).IndexOfAny(Any) is >= 0 and var found;)
        {
            var at = from + found;
            if (ReportedAt(text, at) is { Count: > 0 } reported) return reported;
            if (TitledAt(text, at) is { Count: > 0 } titled) return titled;
            from = at + 1;
        }

        return InLastBrackets(text);
    }

    /// <summary>Does the text end in the word that announces a reporter, whose name another element holds?</summary>
    public static bool Announces(string text) =>
        text.Length <= LongestOutlet * 2 && Array.Exists(Before, word => text.EndsWith(word, StringComparison.Ordinal));

    // "作者：王芳", "文／山田太郎", "王芳/文".
    private static List<string> LabelledAt(string text, int at)
    {
        if (WordAt(Labels, text, at) is not { } label || (at > 0 && char.IsLetter(text[at - 1]))) return [];
        var end = at + label.Length;
        if (end < text.Length && text[end..].TrimStart() is { Length: > 1 } rest && rest[0] is ':' or '：' or '/' or '／' or '|' or '｜' or '=' or '＝' or '●')
            return Listed(rest[1..].TrimStart(), mustBeFull: false);
        return at > 2 && label.Length == 1 && text[at - 1] is '/' or '／' ? Full(EastAsianNames.Tokens(text[..(at - 1)])) : [];
    }

    // "（记者 王建宏 张文攀）", and a line "光明日报记者 王建宏".
    private static List<string> ReportedAt(string text, int at)
    {
        if (WordAt(Before, text, at) is not { } word) return [];
        var open = text.AsSpan(0, at).LastIndexOfAny(Openings);
        var isEnclosed = open >= 0 && at - open <= LongestOutlet + 1 && text.AsSpan(open, at - open).IndexOfAny(Closings) < 0;
        if (!isEnclosed && (text.Length > LongestLine || at > LongestOutlet)) return [];
        var rest = text[(at + word.Length)..];
        var names = rest.TrimStart(' ', ':', '：', '\u3000');
        var end = names.AsSpan().IndexOfAny(NamesEnd);
        if (isEnclosed && (end < 0 || !Closing.Contains(names[end], StringComparison.Ordinal))) return [];
        if (!isEnclosed && end >= 0 && names[end] is not ('/' or '／' or '|' or '｜')) return [];
        return Listed(names, mustBeFull: names.Length == rest.Length);
    }

    // "홍길동·김철수 기자", "山田太郎記者": on a line of its own, or at the text's beginning or end.
    private static List<string> TitledAt(string text, int at)
    {
        if (WordAt(Behind, text, at) is not { } title) return [];
        var end = at + title.Length;
        if ((end < text.Length && char.IsLetter(text[end])) || (text.Length > LongestLine && at > EdgeOfText && text.Length - at > EdgeOfText)) return [];
        var start = at;
        while (start > 0 && char.IsLetter(text[start - 1])) start--;
        // "홍길동 전문기자": the title has a word before it.
        var isGlued = start < at && EastAsianNames.IsFull(text[start..at]);
        var names = text[..(isGlued ? at : start)];
        names = names[(names.AsSpan().LastIndexOfAny(BeforeNames) + 1)..];
        var tokens = EastAsianNames.Tokens(names.Length > LongestNames ? names[^LongestNames..] : names);
        var first = tokens.FindLastIndex(static token => !EastAsianNames.IsFull(token)) + 1;
        return tokens[first..];
    }

    // "……佳节。（王建宏 张文攀）", "……した。【山田太郎】".
    private static List<string> InLastBrackets(string text)
    {
        var line = text.AsSpan().TrimEnd();
        if (line.Length < 20 || !Closing.Contains(line[^1], StringComparison.Ordinal)) return [];
        var open = line.LastIndexOfAny(Openings);
        if (open < 2 || line.Length - open > LongestNames || line[..open].TrimEnd()[^1] is not ('。' or '！' or '？' or '”' or '」' or '.')) return [];
        return Full(EastAsianNames.Tokens(line[(open + 1)..^1].ToString()));
    }

    private static List<string> Listed(string text, bool mustBeFull)
    {
        var end = text.AsSpan().IndexOfAny(NamesEnd);
        if (end < 0) end = text.Length;
        if (end > LongestNames) return [];
        var names = EastAsianNames.Of(text[..end]).ToList();
        return mustBeFull ? Full(names) : names.TrueForAll(static name => EastAsianNames.MayBe(name) || EastAsianNames.IsFull(name)) ? names : [];
    }

    private static List<string> Full(List<string> names) => names.TrueForAll(EastAsianNames.IsFull) ? names : [];

    private static string? WordAt(string[] words, string text, int at) => Array.Find(words, word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);

    private static string[] ByLength(IEnumerable<string> words) => [.. words.OrderByDescending(static word => word.Length)];
}
