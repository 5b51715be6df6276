using Ingest.Feeds.Tags;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Discovery;

/// <summary>A link, or an anchor that may lead to a feed, as written.</summary>
/// <param name="Relations">Its rel.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Address">Where it leads.</param>
/// <param name="Title">Its title, of an anchor without one its text.</param>
/// <param name="IsAnchor">It stands in the page's text.</param>
internal sealed record PageLink(string? Relations, string? Type, string? Address, string? Title, bool IsAnchor);

/// <summary>What a page says about its feeds, read tag by tag: no tree, so that no nesting can cost more than its length.</summary>
internal sealed record PageHead(string? Title, string? Language, string? Base, IReadOnlyList<PageLink> Links)
{
    private const int MaxLinks = 4096;
    private const int LongestText = 100;

    public static PageHead Read(string html, ReadingLimit limit) => new Reader(html, limit).Read();

    private static string TextAt(string html, int from)
    {
        var rest = html.AsSpan(from, Math.Min(LongestText, html.Length - from));
        var end = rest.IndexOf('<');
        return HtmlEntities.Decode((end < 0 ? rest : rest[..end]).ToString()).Trim();
    }

    private static string Name(string html, int from)
    {
        var end = from;
        while (end < html.Length && end - from < 40 && (char.IsAsciiLetterOrDigit(html[end]) || html[end] is '-' or ':')) end++;
        return html[from..end];
    }

    private sealed class Reader(string html, ReadingLimit limit)
    {
        private readonly TagMarks marks = new(html);
        private readonly List<KeyValuePair<string, string>> attributes = [];
        private readonly List<PageLink> links = [];
        private string? title, language, baseAddress;

        public PageHead Read()
        {
            var tags = new LenientAttributes(html, marks, isXml: false, static _ => { });
            for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length && links.Count < MaxLinks; at = html.IndexOf('<', at))
            {
                limit.Check();
                if (html.AsSpan(at).StartsWith("<!--")) at = marks.CommentEnd.Behind(at + 4) is > 0 and var end ? end : html.Length;
                else if (char.IsAsciiLetter(html[at + 1])) at = Behind(at + 1, tags);
                else at++;
            }

            return new PageHead(title is { Length: > 0 } ? title : null, language, baseAddress, links);
        }

        // Of elements whose text is no markup, where that ends.
        private int Behind(int from, LenientAttributes tags)
        {
            var name = Name(html, from);
            attributes.Clear();
            var at = tags.Read(from + name.Length, attributes).End is > 0 and var end ? end : html.Length;
            Take(name, at);
            if (!TagWalk.Raw.Contains(name)) return at;
            var close = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
            if (close < 0) return html.Length;
            if (name.Equals("title", StringComparison.OrdinalIgnoreCase)) title ??= HtmlEntities.Decode(html[at..close]).Trim();
            return close;
        }

        private void Take(string name, int behind)
        {
            switch (name.ToLowerInvariant())
            {
                case "html":
                    language ??= Value("lang");
                    break;
                case "base":
                    baseAddress ??= Value("href");
                    break;
                case "link" when Value("href") is { } address:
                    links.Add(new PageLink(Value("rel"), Value("type"), address, Value("title"), IsAnchor: false));
                    break;
                case "a" when Value("href") is { } address && (Value("rel") is not null || FeedLinks.MayBeFeed(address)):
                    var words = Value("title") ?? Value("aria-label") ?? TextAt(html, behind);
                    links.Add(new PageLink(Value("rel"), Value("type"), address, words, IsAnchor: true));
                    break;
            }
        }

        private string? Value(string name)
        {
            foreach (var (key, value) in attributes)
            {
                if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return HtmlEntities.Decode(value).Trim();
            }

            return null;
        }
    }
}
