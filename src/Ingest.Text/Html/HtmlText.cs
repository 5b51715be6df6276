using System.Collections.Frozen;
using System.Text;

namespace Ingest.Text.Html;

/// <summary>Turns a fragment of HTML, or what may be plain text, into lines and paragraphs: one pass, linear time, no tree.</summary>
/// <remarks>
/// A tag is what the HTML standard's tokenizer would take for one and whose name is an element's, custom or prefixed; any other "&lt;" is text, so that
/// "a &lt; b" and "List&lt;T&gt;" survive in titles. Scripts, styles, frames, forms' controls, captions and ruby readings carry no running text.
/// </remarks>
internal static class HtmlText
{
    private static readonly FrozenSet<string> Breaking = Names("""
        address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figure footer form frameset h1 h2 h3 h4 h5 h6 header
        hgroup hr html legend li main menu nav ol optgroup option p pre search section summary table tbody tfoot thead tr ul
        """);

    private static readonly FrozenSet<string> Skipped = Names("""
        audio button canvas datalist embed figcaption frame head iframe math noembed noframes object rp rt script select style svg template textarea title video
        """);

    private static readonly FrozenSet<string> Inline = Names("""
        a abbr acronym area b base basefont bdi bdo big blink br cite code col colgroup data del dfn em font i img input ins kbd label link map mark marquee
        meta meter nobr noscript output param picture progress q ruby s samp small source span strike strong sub sup td th time track tt u var wbr
        """);

    /// <summary>One line of text; never null.</summary>
    public static string Line(string? html)
    {
        if (string.IsNullOrEmpty(html)) return "";
        if (!html.Contains('<', StringComparison.Ordinal)) return PlainText.Line(HtmlEntities.Decode(html));
        return string.Join(' ', Paragraphs(html));
    }

    /// <summary>
    /// The paragraphs, each one line. Block elements and two or more <c>br</c> part them; where there is no such markup, blank lines do, and where there is no
    /// markup at all, every line break.
    /// </summary>
    public static IReadOnlyList<string> Paragraphs(string? html)
    {
        if (string.IsNullOrEmpty(html)) return [];
        var walk = new Walk(html);
        walk.Run();
        return walk.Finish();
    }

    /// <summary>The body form: <see cref="Paragraphs"/> joined by one blank line.</summary>
    public static string Body(string? html) => string.Join("\n\n", Paragraphs(html));

    private static FrozenSet<string> Names(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private sealed class Walk(string html)
    {
        private readonly List<string> _paragraphs = [];
        private readonly StringBuilder _open = new();
        private int _breaks;
        private bool _inSection;
        private bool _anyTag;
        private bool _anyBreak;
        private readonly HashSet<string> _neverClosed = new(StringComparer.OrdinalIgnoreCase);
        private bool _quotesBroken;
        private bool _noMoreTags;

        public void Run()
        {
            var at = 0;
            while (at < html.Length)
            {
                var tag = html.IndexOf('<', at);
                if (tag < 0) tag = html.Length;
                AddText(html.AsSpan(at, tag - at));
                at = tag < html.Length ? AfterMarkup(tag) : tag;
            }
        }

        public List<string> Finish()
        {
            if (_anyBreak)
            {
                Close();
                return _paragraphs;
            }

            var text = _open.ToString();
            return _anyTag ? [.. BlankLineParts(text).Select(PlainText.Line).Where(static line => line.Length > 0)] : [.. PlainText.Paragraphs(text)];
        }

        private static IEnumerable<string> BlankLineParts(string text)
        {
            var part = new StringBuilder();
            foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    part.Append(line).Append('\n');
                }
                else if (part.Length > 0)
                {
                    yield return part.ToString();
                    part.Clear();
                }
            }

            yield return part.ToString();
        }

        private void AddText(ReadOnlySpan<char> text)
        {
            if (_inSection && text.IndexOf("]]>") is >= 0 and var end)
            {
                _inSection = false;
                AddText(text[..end]);
                text = text[(end + 3)..];
            }

            if (text.IsEmpty) return;
            if (_breaks > 0 && !text.IsWhiteSpace())
            {
                if (_breaks > 1) Close();
                else _open.Append(' ');
                _breaks = 0;
            }

            HtmlEntities.Append(_open, text);
        }

        private void Close()
        {
            if (PlainText.Line(_open.ToString()) is { Length: > 0 } line) _paragraphs.Add(line);
            _open.Clear();
            _breaks = 0;
        }

        /// <summary>Reads what begins at a "&lt;"; gives where reading goes on.</summary>
        private int AfterMarkup(int start)
        {
            var rest = html.AsSpan(start);
            if (rest.StartsWith("<!--", StringComparison.Ordinal)) return After("-->", start + 4);
            if (rest.StartsWith("<![CDATA[", StringComparison.Ordinal))
            {
                _inSection = true;
                return start + 9;
            }

            if (rest.Length > 1 && rest[1] is '!' or '?') return After(">", start + 2);
            var closing = rest.Length > 1 && rest[1] == '/';
            var name = NameAt(closing ? start + 2 : start + 1);
            var end = name.IsEmpty ? -1 : EndOfTag(start + 1);
            if (end < 0)
            {
                AddText("<");
                return start + 1;
            }

            if (!closing && name.Equals("img", StringComparison.OrdinalIgnoreCase)) AddPicture(start + 4, end);
            return AfterTag(name, closing, html[end - 2] == '/', end);
        }

        private void AddPicture(int from, int end)
        {
            if (EmojiPicture.TextOf(TagAttributes.At(html, from, end).Attributes) is { } letter) AddText(PlainText.Line(letter));
        }

        private int AfterTag(ReadOnlySpan<char> name, bool closing, bool selfClosed, int end)
        {
            _anyTag = true;
            if (Skipped.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                return closing || selfClosed || _neverClosed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name) ? end : AfterSkipped(name, end);
            }

            if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
            {
                _anyBreak = true;
                _breaks++;
            }
            else if (Breaking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
            {
                _anyBreak = true;
                Close();
            }
            else if (name.Equals("td", StringComparison.OrdinalIgnoreCase) || name.Equals("th", StringComparison.OrdinalIgnoreCase))
            {
                _open.Append(' ');
            }

            return end;
        }

        private int AfterSkipped(ReadOnlySpan<char> name, int from)
        {
            for (var at = from; (at = html.IndexOf("</", at, StringComparison.Ordinal)) >= 0; at += 2)
            {
                if (!html.AsSpan(at + 2).StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
                var close = html.IndexOf('>', at);
                return close < 0 ? html.Length : close + 1;
            }

            // Never closed: feeds cut their content, and the element that was cut may be an empty one (embed, frame).
            _neverClosed.Add(name.ToString());
            return from;
        }

        private int After(string mark, int from)
        {
            var at = html.IndexOf(mark, Math.Min(from, html.Length), StringComparison.Ordinal);
            return at < 0 ? html.Length : at + mark.Length;
        }

        private ReadOnlySpan<char> NameAt(int start)
        {
            var end = start;
            while (end < html.Length && end - start < 64 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '-' or ':' or '_')) end++;
            var name = html.AsSpan(start, end - start);
            if (name.IsEmpty || !char.IsAsciiLetter(name[0])) return [];
            return name.ContainsAny('-', ':') || IsElement(name) ? name : [];
        }

        private static bool IsElement(ReadOnlySpan<char> name) =>
            Inline.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            || Breaking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name)
            || Skipped.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);

        /// <summary>
        /// The index after the tag's "&gt;", or -1. Quoted values may hold a "&gt;"; once a quote turned out never to be closed, quotes are ignored, and once
        /// there is no "&gt;" left, there are no tags: both are learned once, which keeps the walk linear.
        /// </summary>
        private int EndOfTag(int from)
        {
            if (_noMoreTags) return -1;
            var end = _quotesBroken ? -1 : EndOfQuotedTag(from);
            if (end >= 0) return end;
            _quotesBroken = true;
            end = html.IndexOf('>', from) + 1;
            _noMoreTags = end == 0;
            return _noMoreTags ? -1 : end;
        }

        private int EndOfQuotedTag(int from)
        {
            for (var at = from; at < html.Length; at++)
            {
                if (html[at] == '>') return at + 1;
                if (html[at] is not ('"' or '\'') || html[at - 1] != '=') continue;
                at = html.IndexOf(html[at], at + 1);
                if (at < 0) return -1;
            }

            return -1;
        }
    }
}
