using Ingest.Feeds;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Languages;
using Ingest.Text.Teasers;

namespace Ingest.Worker.Articles;

/// <summary>What a feed entry's summary and content are worth as text.</summary>
/// <param name="Description">One line; may be empty.</param>
/// <param name="Body">Paragraphs separated by one blank line; empty when the feed gives only a teaser.</param>
/// <param name="BodySource">Where that came from: one of <see cref="Origins.OfBodies"/>.</param>
internal sealed record EntryText(string Description, string Body, string BodySource)
{
    /// <summary>Running text shorter than this may be a teaser that happens to end with a full stop.</summary>
    private const int WholeFrom = 1_000;

    /// <summary>The same text offered as summary and as content is usually the teaser twice; past this length it is the article.</summary>
    private const int WholeTwiceFrom = 2_500;

    /// <summary>
    /// The summary is the description and the content the body. Some feeds put the whole article into the summary and have no content: then, and only when
    /// <see cref="IsWhole"/> holds of it, it is the body, and the entry states no description.
    /// </summary>
    public static EntryText Read(FeedEntry entry)
    {
        var content = WithoutFooter(HtmlText.Paragraphs(entry.Content), entry);
        var summary = WithoutFooter(HtmlText.Paragraphs(entry.Summary), entry);
        var summaryBody = string.Join("\n\n", summary);
        if (content.Count > 0)
        {
            var body = string.Join("\n\n", content);
            return new EntryText(body == summaryBody ? summary[0] : string.Join(' ', summary), body, Origins.FeedContent);
        }

        return summary.Count > 1 && IsWhole(summaryBody, entry)
            ? new EntryText("", summaryBody, Origins.FeedSummary)
            : new EntryText(string.Join(' ', summary), "", Origins.None);
    }

    /// <summary>
    /// Is this text, taken from the entry, evidently the whole article? It must be long (1,000 characters; 2,500 when summary and content are the same text;
    /// half of that in Chinese, Japanese and Korean), must not end in an ellipsis, and its last paragraph must not be a link or a call to read on.
    /// </summary>
    public static bool IsWhole(string body, FeedEntry entry)
    {
        if (body.Length == 0) return false;
        var twice = entry.Content is not null && string.Equals(entry.Content.Trim(), entry.Summary?.Trim(), StringComparison.Ordinal);
        var needed = twice ? WholeTwiceFrom : WholeFrom;
        if (body.Length + body.Count(Scripts.IsDense) < needed) return false;
        var published = HtmlText.Paragraphs(string.IsNullOrWhiteSpace(entry.Content) ? entry.Summary : entry.Content);
        return !EndsCut(body) && !(published is [.., var last] && EndsCut(last)) && !EndsInOwnLink(entry);
    }

    // Asked of the text as published too: what says that it goes on elsewhere is no part of the text.
    private static bool EndsCut(string text)
    {
        var last = text.AsSpan(text.LastIndexOf('\n') + 1).TrimEnd(" ]").ToString();
        return last.EndsWith('…') || last.EndsWith("...", StringComparison.Ordinal) || (last.Length < 80 && TeaserEnd.IsCallAt(last));
    }

    /// <summary>Drops a closing line that only repeats the title, as blogs' "The post … appeared first on …" in any language does.</summary>
    private static IReadOnlyList<string> WithoutFooter(IReadOnlyList<string> paragraphs, FeedEntry entry)
    {
        var title = HtmlText.Line(entry.Title);
        paragraphs = TeaserEnd.Without(paragraphs, title);
        if (paragraphs.Count < 2) return paragraphs;
        var last = paragraphs[^1];
        var isFooter = title.Length > 10 && last.Length <= title.Length + 100 && last.Length > title.Length && last.Contains(title, StringComparison.Ordinal);
        return isFooter ? [.. paragraphs.SkipLast(1)] : paragraphs;
    }

    /// <summary>Does the text close with a short link to the article itself?</summary>
    private static bool EndsInOwnLink(FeedEntry entry)
    {
        var html = (string.IsNullOrWhiteSpace(entry.Content) ? entry.Summary : entry.Content) ?? "";
        if (entry.Link is not { Length: > 0 } link || html.LastIndexOf("<a ", StringComparison.OrdinalIgnoreCase) is not (>= 0 and var start)) return false;
        var tail = html[start..];
        var title = HtmlText.Line(entry.Title);
        return HtmlEntities.Decode(tail).Contains(link, StringComparison.Ordinal) && HtmlText.Line(tail) is { Length: < 60 } text
            && !(title.Length > 0 && text.Contains(title, StringComparison.Ordinal));
    }
}
