namespace Ingest.Pages.Claims.Marks;

/// <summary>Where on a page something stands, as its ancestors' tags, roles, classes and ids tell.</summary>
[Flags]
internal enum ElementContext
{
    None = 0,
    Article = 1,
    Main = 2,

    /// <summary>Inside the page's or the article's header.</summary>
    Header = 4,
    Footer = 8,
    Navigation = 16,

    /// <summary>Sidebars and widgets.</summary>
    Aside = 32,
    Comments = 64,

    /// <summary>Teasers of other articles.</summary>
    Related = 128,

    /// <summary>An ancestor is named for a date.</summary>
    Date = 256,

    /// <summary>An ancestor is named for an author.</summary>
    Author = 512,

    /// <summary>An ancestor is named for a modification.</summary>
    Update = 1024,

    /// <summary>Not shown.</summary>
    Hidden = 2048,

    /// <summary>Inside a link.</summary>
    Link = 4096,

    /// <summary>Inside a figure or a quotation: whom it calls an author has taken the picture, or is quoted.</summary>
    Voice = 8192,

    /// <summary>Inside a link to another article, or beside one.</summary>
    Card = 16384,

    /// <summary>Parts of a page that speak of other things than its article.</summary>
    Elsewhere = Footer | Navigation | Aside | Comments | Related | Hidden,
}

internal static class SurroundingsExtensions
{
    public static bool Any(this ElementContext surroundings, ElementContext wanted) => (surroundings & wanted) != ElementContext.None;
}
