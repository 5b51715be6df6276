namespace Ingest.Pages.Body.Regions;

/// <summary>A block-level element of the page and the run of text blocks inside it.</summary>
internal sealed class Region(Region? parent, string tag, string name, Hint hint, int first)
{
    public Region? Parent { get; } = parent;

    /// <summary>Its place among the page's regions.</summary>
    public int Index { get; init; }

    /// <summary>Element name in lower case.</summary>
    public string Tag { get; } = tag;

    /// <summary>The class and id attributes as one string; empty when none.</summary>
    public string Name { get; } = name;

    /// <summary>What tag, role, class and id say about the text inside.</summary>
    public Hint Hint { get; set; } = hint;

    /// <summary>The block-level elements directly inside, in order.</summary>
    public List<Region> Children { get; } = [];

    /// <summary>Index of the first block inside.</summary>
    public int First { get; } = first;

    /// <summary>Index after the last block inside.</summary>
    public int End { get; set; } = first;

    /// <summary>The nearest region of this one or around it that passes; null when none does.</summary>
    public Region? Nearest(Func<Region, bool> passes)
    {
        for (var region = this; region is not null; region = region.Parent)
        {
            if (passes(region)) return region;
        }

        return null;
    }

    public bool IsWithin(Region outer) => Nearest(region => ReferenceEquals(region, outer)) is not null;

    /// <summary>Short, for people: <c>div.entry-content</c>.</summary>
    public override string ToString() => Name.Length > 0 ? $"{Tag}.{Name.Replace(' ', '.')}" : Tag;
}

/// <summary>What an element's tag, role, class and id say about the text inside it.</summary>
[Flags]
internal enum Hint
{
    None = 0,

    /// <summary>Almost never article text: navigation, sharing, adverts, newsletters, related links.</summary>
    Boilerplate = 1,

    /// <summary>Often not article text: headers, footers, asides, widgets.</summary>
    Doubtful = 1 << 1,

    /// <summary>What readers wrote.</summary>
    Comments = 1 << 2,

    /// <summary>Caption or credit of a picture.</summary>
    Caption = 1 << 3,

    /// <summary>Never shown, or only to screen readers.</summary>
    Hidden = 1 << 4,

    /// <summary>The standfirst.</summary>
    Lead = 1 << 5,

    /// <summary>itemprop or property articleBody.</summary>
    ArticleBody = 1 << 6,

    /// <summary>A class such as <c>entry-content</c>.</summary>
    BodyName = 1 << 7,

    /// <summary>article element or role.</summary>
    Article = 1 << 8,

    /// <summary>main element or role.</summary>
    Main = 1 << 9,

    /// <summary>Who wrote it and when.</summary>
    Byline = 1 << 10,

    /// <summary>Entries of a live blog.</summary>
    LiveBlog = 1 << 11,

    /// <summary>Below every page or over it, and never its article: footers, and notices that ask for consent.</summary>
    Margin = 1 << 12,

    /// <summary>What the article comes to, in a box: key points, takeaways.</summary>
    Summary = 1 << 13,

    /// <summary>Any that takes text out unless the element holds most of it.</summary>
    Out = Boilerplate | Doubtful | Comments | Caption | Hidden | Byline | Margin,
}
