using System.Buffers;

namespace Ingest.Pages;

/// <summary>
/// Settles what each noscript is. As in browsers it is one text, so that what it leaves open does not swallow the page; the parser does so only when it
/// runs scripts, and then reads each script twice over, but noframes is always one text. The one that holds the article, which a script draws from a copy of
/// its own, is opened: readers see that text.
/// </summary>
internal static class NoScripts
{
    private const string Name = "noscript";
    private const string Silent = "noframes";

    // As long as the name that it takes the place of.
    private const string Division = "div     ";

    private const int LeastLetters = 600;
    private const int LeastBreaks = 2;
    private const int SampleLength = 60;
    private const int MostCopies = 3;

    private static readonly SearchValues<string> Tags = SearchValues.Create(["<noscript", "</noscript"], StringComparison.OrdinalIgnoreCase);

    public static void Settle(Span<char> html)
    {
        var (isOpen, mayHoldArticle) = (false, true);
        for (var at = 0; html[at..].IndexOfAny(Tags) is >= 0 and var found;)
        {
            at += found;
            var isEnd = html[at + 1] == '/';
            if (!isEnd && mayHoldArticle && Content(html[at..]) is { Length: >= LeastLetters } content)
            {
                // There is one article; to look for the text of each would take too long.
                isOpen = HoldsProse(content);
                mayHoldArticle = !isOpen;
                isOpen = isOpen && !IsShownElsewhere(html, content);
            }

            at += isEnd ? 2 : 1;
            (isOpen ? Division : Silent).CopyTo(html[at..]);
            isOpen &= !isEnd;
            at += Name.Length;
        }
    }

    private static ReadOnlySpan<char> Content(ReadOnlySpan<char> tag)
    {
        var next = tag[1..].IndexOfAny(Tags) + 1;
        if (next == 0 || tag[next + 1] != '/') return [];
        var start = tag[..next].IndexOf('>') + 1;
        return start > 0 ? tag[start..next] : [];
    }

    // Instructions how to turn scripts on are short; pictures and counters have no text.
    private static bool HoldsProse(ReadOnlySpan<char> content)
    {
        var (letters, breaks) = (0, 0);
        for (var at = 0; at < content.Length;)
        {
            var tag = content[at..].IndexOf('<');
            var text = tag < 0 ? content[at..] : content.Slice(at, tag);
            foreach (var c in text) letters += char.IsLetter(c) ? 1 : 0;
            if (tag < 0) break;
            at += tag + 1;
            if (content[at..] is ['p' or 'P', '>' or ' ', ..] or ['b' or 'B', 'r' or 'R', ..]) breaks++;
            var end = content[at..].IndexOf('>');
            if (end < 0) break;
            at += end + 1;
        }

        return letters >= LeastLetters && breaks >= LeastBreaks;
    }

    // Some pages have the same text for both; what a script holds is not seen.
    private static bool IsShownElsewhere(ReadOnlySpan<char> html, ReadOnlySpan<char> content)
    {
        var sample = Sample(content);
        if (sample.IsEmpty) return true;
        var copies = 0;
        for (var at = 0; html[at..].IndexOf(sample, StringComparison.Ordinal) is >= 0 and var found; at += sample.Length)
        {
            at += found;
            var before = html[..at];
            if (!IsWithin(before, "<noscript", "</noscript") && (++copies > MostCopies || !IsWithin(before, "<script", "</script"))) return true;
        }

        return false;
    }

    private static bool IsWithin(ReadOnlySpan<char> before, string start, string end) =>
        before.LastIndexOf(start, StringComparison.OrdinalIgnoreCase) > before.LastIndexOf(end, StringComparison.OrdinalIgnoreCase);

    // The last long text: the first ones are descriptions too.
    private static ReadOnlySpan<char> Sample(ReadOnlySpan<char> content)
    {
        ReadOnlySpan<char> sample = [];
        for (var at = 0; at < content.Length;)
        {
            var length = content[at..].IndexOf('<');
            if (length < 0) length = content.Length - at;
            if (content.Slice(at, length).Trim() is { Length: >= SampleLength } text) sample = text[..SampleLength];
            at += length;
            var end = content[at..].IndexOf('>');
            if (end < 0) break;
            at += end + 1;
        }

        return sample;
    }
}
