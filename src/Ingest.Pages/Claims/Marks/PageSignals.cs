using AngleSharp.Dom;
using Ingest.Pages.Claims.Schema;
using Ingest.Text;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Everything on a page that may be a claim, in document order, as <see cref="MarkWalk"/> found it in one walk.</summary>
internal sealed class PageSignals
{
    /// <summary>The teaser of a date that stands beside a link to the page itself.</summary>
    public const int OwnTeaser = -1;

    public List<MetaMark> Metas { get; } = [];

    public List<LinkMark> Links { get; } = [];

    /// <summary>The text of <c>title</c>; empty when none.</summary>
    public string DocumentTitle { get; set; } = "";

    /// <summary>The lang of the root element.</summary>
    public string? RootLanguage { get; set; }

    /// <summary>Schema.org items of the top level, JSON-LD first.</summary>
    public List<SchemaItem> Items { get; } = [];

    /// <summary>Properties that stand outside any item.</summary>
    public SchemaItem LooseProperties { get; } = new(Origins.Microdata);

    public List<ElementMark> Headings { get; } = [];

    /// <summary>Elements that state a moment for machines.</summary>
    public List<ElementMark> Times { get; } = [];

    /// <summary>Elements named for a date, and short texts with digits in them.</summary>
    public List<TextMark> DateTexts { get; } = [];

    /// <summary>Elements named for an author, and <c>rel=author</c>.</summary>
    public List<ElementMark> Authors { get; } = [];

    /// <summary>Short texts that begin as bylines do.</summary>
    public List<TextMark> Bylines { get; } = [];

    /// <summary>Links to people's pages that a byline announces.</summary>
    public List<NamesMark> Linked { get; } = [];

    /// <summary>Links to members' pages.</summary>
    public List<NamesMark> Accounts { get; } = [];

    /// <summary>Short texts that may be nothing but a full name.</summary>
    public List<TextMark> PlainNames { get; } = [];

    /// <summary>Texts that name the owner of a copyright.</summary>
    public List<TextMark> Owners { get; } = [];

    /// <summary>Paragraphs that stand at the right, or alone at the end, as signatures do.</summary>
    public List<ElementMark> Signed { get; } = [];

    /// <summary>What stands last in brackets at a paragraph's end, as signatures do; null when nothing does.</summary>
    public TextMark? Signature { get; set; }

    /// <summary>Names that Chinese, Japanese and Korean texts give their writers.</summary>
    public List<NamesMark> Reporters { get; } = [];

    /// <summary>Scripts that are no JSON-LD.</summary>
    public List<IElement> Scripts { get; } = [];

    /// <summary>The beginning of the running text, for telling its language.</summary>
    public string Sample { get; set; } = "";

    /// <summary>The place of the last text of some length; 0 when there is none. No title stands behind it.</summary>
    public int LastProse { get; set; }

    /// <summary>The content of the first meta with one of these lower-case names that has any.</summary>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var meta in Metas)
            {
                if (meta.Name == name && meta.Content.Length > 0) return meta.Content;
            }
        }

        return null;
    }
}

/// <summary>A meta element.</summary>
/// <param name="Name">Its name, property, itemprop or http-equiv, lower case.</param>
/// <param name="Content">Trimmed, never null.</param>
internal sealed record MetaMark(string Name, string Content);

/// <summary>A link element; its rel is in lower case.</summary>
internal sealed record LinkMark(string Rel, string Href, string? Type, string? Language);

/// <summary>An element, its class and id, its position among all elements, and where it stands.</summary>
internal sealed record ElementMark(IElement Element, string Names, int Order, ElementContext Surroundings)
{
    /// <summary>Of a date, the short text before it; else empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>
    /// Of a date, the place of a link beside it that may be another title; 0 when there is none, <see cref="PageSignals.OwnTeaser"/> when it is this one.
    /// </summary>
    public int Teaser { get; init; }
}

/// <summary>A text and where it stands.</summary>
internal sealed record TextMark(string Text, int Order, ElementContext Surroundings)
{
    /// <summary>Of a date, the short text before it; else empty.</summary>
    public string Label { get; init; } = "";

    /// <summary>
    /// Of a date, the place of a link beside it that may be another title; 0 when there is none, <see cref="PageSignals.OwnTeaser"/> when it is this one.
    /// </summary>
    public int Teaser { get; init; }
}

/// <summary>Names and where they stand.</summary>
internal sealed record NamesMark(IReadOnlyList<string> Names, int Order, ElementContext Surroundings)
{
    /// <summary>Of a link, where it leads; else empty.</summary>
    public string Href { get; init; } = "";

    /// <summary>Of a link, whether a picture belongs to it.</summary>
    public bool IsPictured { get; init; }
}
