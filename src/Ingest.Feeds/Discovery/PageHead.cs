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

    public static PageHead Read(string html, ReadingLimit limit)
    {
        var marks = new TagMarks(html);
        var reader = new LenientAttributes(html, marks, static _ => { });
        var attributes = new List<KeyValuePair<string, string>>();
        string? title = null, language = null, baseAddress = null;
        var links = new List<PageLink>();
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < html.Length && links.Count < MaxLinks; at = html.IndexOf('<', at))
        {
            limit.Check();
            if (html.AsSpan(at).StartsWith("<!--"))
            {
                at = marks.CommentEnd.Behind(at + 4) is > 0 and var end ? end : html.Length;
            }
            else if (!char.IsAsciiLetter(html[at + 1]))
            {
                at++;
            }
            else
            {
                var name = Name(html, at + 1);
                attributes.Clear();
                at = reader.Read(at + 1 + name.Length, attributes).End is > 0 and var end ? end : html.Length;
                switch (name.ToLowerInvariant())
                {
                    case "html":
                        language ??= Value(attributes, "lang");
                        break;
                    case "base":
                        baseAddress ??= Value(attributes, "href");
                        break;
                    case "link" when Value(attributes, "href") is { } address:
                        links.Add(new PageLink(Value(attributes, "rel"), Value(attributes, "type"), address, Value(attributes, "title"), IsAnchor: false));
                        break;
                    case "a" when Value(attributes, "href") is { } address && (Value(attributes, "rel") is not null || FeedLinks.MayBeFeed(address)):
                        var words = Value(attributes, "title") ?? Value(attributes, "aria-label") ?? TextAt(html, at);
                        links.Add(new PageLink(Value(attributes, "rel"), Value(attributes, "type"), address, words, IsAnchor: true));
                        break;
                }

                if (!TagWalk.Raw.Contains(name)) continue;
                var close = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                if (close < 0) break;
                if (title is null && name.Equals("title", StringComparison.OrdinalIgnoreCase)) title = HtmlEntities.Decode(html[at..close]).Trim();
                at = close;
            }
        }

        return new PageHead(title is { Length: > 0 } ? title : null, language, baseAddress, links);
    }

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

    private static string? Value(List<KeyValuePair<string, string>> attributes, string name)
    {
        foreach (var (key, value) in attributes)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return HtmlEntities.Decode(value).Trim();
        }

        return null;
    }
}
