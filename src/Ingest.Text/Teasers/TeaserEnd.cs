using Ingest.Text.Languages;

namespace Ingest.Text.Teasers;

/// <summary>Takes off what software writes behind a text: calls to read on, the sign that it was cut, and "The post … appeared first on …".</summary>
internal static class TeaserEnd
{
    /// <summary>How long a call to read on can be, with the title that it may name.</summary>
    private const int LongestCall = 200;

    private const int LongestFooter = 600;

    // Behind a sentence a call is short, or nobody could tell it from one.
    private const int LongestInline = 60;

    // A line may be a call of a few words and an arrow, or a call and the title.
    private static readonly PhraseStarts Calls = new(Language.Words(LanguageKey.ReadOn));

    private static readonly (PhraseStarts Starts, string[] Middles)[] Footers =
    [
        .. Language.All.Select(static language => language[LanguageKey.PostFooters]).Where(static all => all.Length > 0).Select(static all => (
            new PhraseStarts(all.Select(static one => one[..one.IndexOf(" … ", StringComparison.Ordinal)]).Distinct(StringComparer.Ordinal)),
            all.Select(static one => one[(one.IndexOf(" … ", StringComparison.Ordinal) + 3)..]).Distinct(StringComparer.Ordinal).ToArray())),
    ];

    private static readonly string[] Cuts = ["[…]", "[...]", "[....]", "[..]", "(…)", "(...)", "[ … ]", "[ ... ]", "[&hellip;]"];

    private static readonly PhraseStarts CallsAlone = new(Language.Words(LanguageKey.ReadOnAlone));

    /// <summary>Does the line begin as a call to read on?</summary>
    public static bool IsCallAt(ReadOnlySpan<char> line)
    {
        var words = BehindSigns(line);
        return Calls.Begin(words) || (CallsAlone.LongestAt(words) is > 0 and var length && words.Length - length <= 12
            && (words.Length == length || !char.IsLetter(words[length])));
    }

    /// <summary>The paragraphs without such ends; the same list where there is none.</summary>
    public static IReadOnlyList<string> Without(IReadOnlyList<string> paragraphs, string title)
    {
        var kept = new List<string>(paragraphs);
        while (kept.Count > 0)
        {
            var last = kept[^1];
            var rest = IsFooter(last) || IsCall(last, title) ? "" : WithoutInline(last);
            if (rest == last) break;
            kept.RemoveAt(kept.Count - 1);
            if (rest.Length > 0) kept.Add(rest);
        }

        return kept.Count == paragraphs.Count && (kept.Count == 0 || kept[^1] == paragraphs[^1]) ? paragraphs : kept;
    }

    private static bool IsFooter(string line)
    {
        foreach (var (starts, middles) in Footers)
        {
            if (line.Length < LongestFooter && starts.LongestAt(line.AsSpan().TrimStart("“\"'")) is > 0 and var start
                && Array.Exists(middles, middle => line.IndexOf(middle, start, StringComparison.OrdinalIgnoreCase) > 0))
                return true;
        }

        return false;
    }

    private static bool IsCall(string line, string title)
    {
        if (line.Length > LongestCall + title.Length) return false;
        var words = BehindSigns(line);
        var call = Calls.LongestAt(words);
        if (call == 0) return false;
        var rest = words[call..];

        // "Read more" and an arrow, a few words, or the title; not a sentence that begins so.
        return rest.Length <= 30 || (title.Length > 5 && rest.Contains(title, StringComparison.OrdinalIgnoreCase));
    }

    private static string WithoutInline(string line)
    {
        var text = line.AsSpan().TrimEnd();
        foreach (var cut in Cuts)
        {
            if (text.EndsWith(cut, StringComparison.Ordinal)) return text[..^cut.Length].TrimEnd().ToString();
        }

        if (FooterInline(text) is > 0 and var footer) return text[..footer].TrimEnd().ToString();
        return CallInline(text) is > 0 and var call ? text[..call].TrimEnd().ToString() : line;
    }

    private static int CallInline(ReadOnlySpan<char> text)
    {
        for (var at = text.Length - 2; at >= Math.Max(0, text.Length - LongestInline); at--)
        {
            if (text[at] is '.' or '!' or '?' or '…' or ']' or '。' or '！' or '？' or '»' or '”'
                && Calls.Begin(BehindSigns(text[(at + 1)..]))) return at + 1;
        }

        return 0;
    }

    private static ReadOnlySpan<char> BehindSigns(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetter(text[start])) start++;
        return text[start..];
    }

    // In a summary of one line the footer stands behind the last sentence.
    private static int FooterInline(ReadOnlySpan<char> text)
    {
        var from = Math.Max(0, text.Length - 400);
        for (var at = text.Length - 2; at >= from; at--)
        {
            if (text[at] is '.' or '!' or '?' or '…' or ']' or '。' && IsFooter(text[(at + 1)..].TrimStart().ToString())) return at + 1;
        }

        return 0;
    }
}
