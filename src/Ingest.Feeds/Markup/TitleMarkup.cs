using System.Collections.Frozen;
using System.Text;
using Ingest.Text.Html;

namespace Ingest.Feeds.Markup;

/// <summary>Tells the tags of a title from the words in it that look like tags: "The humble &lt;img&gt; element".</summary>
/// <remarks>
/// RSS does not say whether titles are HTML, and Atom's and JSON Feed's, which are plain text unless they say otherwise, are written as HTML all the same.
/// So a tag is one only if it does something: it closes what was opened around words, it has a target or a source, or it breaks a line. Others are words.
/// </remarks>
internal static class TitleMarkup
{
    /// <summary>Elements that a title may be written with.</summary>
    private static readonly FrozenSet<string> OfTitles = new[]
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "center", "cite", "code", "del", "dfn", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6",
        "i", "img", "ins", "kbd", "mark", "nobr", "p", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "small", "span", "strike",
        "strong", "style",
        "sub", "sup", "svg", "tt", "u", "var", "wbr",
    }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The title as HTML that reads as it is meant.</summary>
    /// <param name="title">The title as published; null stays null.</param>
    /// <param name="isPlain">Whether its format has it for plain text: then only what is evident is markup.</param>
    public static string? Of(string? title, bool isPlain)
    {
        if (title is null || title.Length > FeedLimits.MaxLine || !title.Contains('<', StringComparison.Ordinal)) return title;
        var tags = Tags(title);
        Pair(title, tags);
        var written = new StringBuilder(title.Length + 16);
        var from = 0;
        foreach (var tag in tags)
        {
            if (IsMarkup(title, tag, isPlain)) continue;
            written.Append(title, from, tag.Start - from).Append("&lt;");
            from = tag.Start + 1;
        }

        return from == 0 ? title : written.Append(title, from, title.Length - from).ToString();
    }

    private static List<Tag> Tags(string title)
    {
        var tags = new List<Tag>();
        for (var at = title.IndexOf('<', StringComparison.Ordinal); at >= 0 && at + 1 < title.Length; at = title.IndexOf('<', at))
        {
            var isClosing = title[at + 1] == '/';
            var from = at + (isClosing ? 2 : 1);
            var end = from;
            while (end < title.Length && char.IsAsciiLetterOrDigit(title[end])) end++;
            if (end == from || !char.IsAsciiLetter(title[from]))
            {
                if (IsDeclaration(title, at)) tags.Add(new Tag(at, "!", false, null, at + 2));
                at++;
                continue;
            }

            var (attributes, close) = TagAttributes.At(title, end, title.Length);
            tags.Add(new Tag(at, title[from..end].ToLowerInvariant(), isClosing, attributes, close));

            // What another tag begins in is none.
            at = title.IndexOf('<', at + 1, close - at - 1) is >= 0 and var inner && !attributes.HasValue ? inner : close;
        }

        return tags;
    }

    // "<!DOCTYPE html>" and "<?php" are words; comments and sections are for whoever reads HTML.
    private static bool IsDeclaration(string title, int at) =>
        title[at + 1] == '?' || (title[at + 1] == '!' && at + 2 < title.Length && char.IsAsciiLetter(title[at + 2]));

    private static void Pair(string title, List<Tag> tags)
    {
        var open = new Dictionary<string, Stack<Tag>>(StringComparer.Ordinal);
        foreach (var tag in tags)
        {
            if (!tag.IsClosing)
            {
                if (!open.TryGetValue(tag.Name, out var same)) open.Add(tag.Name, same = new Stack<Tag>());
                same.Push(tag);
            }
            else if (open.TryGetValue(tag.Name, out var opened) && opened.TryPop(out var first))
            {
                // What is never closed runs on over the next tag.
                tag.IsPaired = first.IsPaired = first.End < tag.Start && !title.AsSpan(first.End, tag.Start - first.End).IsWhiteSpace()
                    && first.Attributes!.AreNamed();
            }
        }
    }

    private static bool IsMarkup(string title, Tag tag, bool isPlain)
    {
        if (!OfTitles.Contains(tag.Name) || !tag.Attributes!.AreNamed()) return false;
        if (tag.IsPaired) return true;
        if (tag.Name == "img") return tag.Attributes.Value("src") is not null || tag.Attributes.Value("alt") is not null;
        if (tag.Name is "br" or "wbr") return !isPlain;
        if (isPlain || tag.Attributes is { Count: > 0, HasValue: false }) return false;
        return tag.IsClosing ? tag.Start > 0 && !char.IsWhiteSpace(title[tag.Start - 1]) : Opens(title, tag);
    }

    // Titles are cut behind the beginning of what they stress. Such a beginning stands before a word, and not within one.
    private static bool Opens(string title, Tag tag) =>
        tag.End < title.Length && (char.IsLetterOrDigit(title[tag.End]) || title[tag.End] == '<')
            && (tag.Start == 0 || !char.IsLetterOrDigit(title[tag.Start - 1]) || tag.Name is "p" or "div");

    private sealed record Tag(int Start, string Name, bool IsClosing, TagAttributes? Attributes, int End)
    {
        public bool IsPaired { get; set; }
    }
}
