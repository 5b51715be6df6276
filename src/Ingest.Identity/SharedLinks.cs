using Ingest.Feeds;
using Ingest.Text;
using Ingest.Text.Html;

namespace Ingest.Identity;

/// <summary>
/// Entries of one document that have one link (a status page's reports, an app's release notes, the episodes of a podcast that links its site, notes that are
/// fragments of one page): which of them are articles of their own. Where the evidence is not enough, they are: an article too many can be joined later.
/// </summary>
internal static class SharedLinks
{
    // A shorter text, as "d" or "Listen now", may stand under anything.
    private const int FewestWords = 8;

    /// <summary>The keys of the entries that are parts of a page, by their place; an entry that repeats another one has its key.</summary>
    public static Dictionary<int, ArticleKey> Parts(IReadOnlyList<(FeedEntry Entry, Uri Url, ArticleKey Article)> linked)
    {
        var parts = new Dictionary<int, ArticleKey>();
        foreach (var group in Enumerable.Range(0, linked.Count).GroupBy(place => linked[place].Article).Where(static group => group.Skip(1).Any()))
        {
            var seen = new Seen();
            var keys = group.OrderBy(place => IsSilent(linked[place].Entry))
                .Select(place => (Place: place, Key: seen.KeyOf(linked[place].Entry, linked[place].Url)))
                .ToList();
            if (keys.Select(static one => one.Key).Distinct().Skip(1).Any())
                foreach (var (place, key) in keys) parts[place] = key;
        }

        return parts;
    }

    /// <summary>Is an article another one than that which is stored with the same link?</summary>
    /// <param name="title">Its title.</param>
    /// <param name="text">Its text, in paragraphs.</param>
    /// <param name="day">The day that is stated; null for none.</param>
    /// <param name="stored">The stored one.</param>
    public static bool IsAnother(string title, string text, DateOnly? day, KnownArticle stored)
    {
        var (now, then) = (ComparableText.Words(HtmlText.Line(title)), ComparableText.Words(HtmlText.Line(stored.Title)));
        if (now.Length == 0 || then.Length == 0) return false;
        var alike = ComparableText.Words(text) == ComparableText.Words(stored.Text) ? 1 : SameArticle.TextsInCommon(text, stored.Text);
        return now == then ? IsOtherDay(day, stored.Day) && alike < SameArticle.Unlike : IsOtherDay(day, stored.Day) || alike is not >= SameArticle.SimilarText;
    }

    // Neither a guid nor a text, as in a sitemap: it names the page and no article of its own.
    private static bool IsSilent(FeedEntry entry) => string.IsNullOrEmpty(entry.Id) && string.IsNullOrWhiteSpace(entry.Summary + entry.Content);

    private static bool IsOtherDay(DateOnly? one, DateOnly? other) => one is { } day && other is { } before && day != before;

    // What decides, in the form in which it is compared.
    private readonly record struct Form(string Title, string Text, DateOnly? Day)
    {
        public bool IsTelling => Text.AsSpan().Count(' ') + 1 >= FewestWords;

        public static Form Of(FeedEntry entry) => new(
            ComparableText.Words(HtmlText.Line(entry.Title)),
            ComparableText.Words(string.Join(' ', HtmlText.Paragraphs(entry.Summary).Concat(HtmlText.Paragraphs(entry.Content)))),
            (entry.Published ?? entry.Updated)?.Day);
    }

    // What the document has shown under one link so far.
    private sealed class Seen
    {
        private readonly Dictionary<(string Title, DateOnly? Day), ArticleKey> byTitle = [];
        private ArticleKey? first;
        private readonly Dictionary<(string Title, string Text), ArticleKey> byContent = [];
        private readonly Dictionary<(string Text, DateOnly? Day), ArticleKey> byText = [];

        public ArticleKey KeyOf(FeedEntry entry, Uri url)
        {
            var form = Form.Of(entry);
            if (byTitle.TryGetValue((form.Title, form.Day), out var key) || byContent.TryGetValue((form.Title, form.Text), out key)
                || (form.IsTelling && byText.TryGetValue((form.Text, form.Day), out key)))
                return key;
            if (first is { } other && IsSilent(entry)) return other;
            key = ArticleKey.OfPart(url, entry.Title ?? "", form.Day);
            byTitle[(form.Title, form.Day)] = byContent[(form.Title, form.Text)] = byText[(form.Text, form.Day)] = key;
            first ??= key;
            return key;
        }
    }
}
