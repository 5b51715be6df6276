using System.Collections.Frozen;

namespace Ingest.Pages.Body.Regions;

/// <summary>What each HTML element does to the flow of text.</summary>
internal static class Tags
{
    private static readonly FrozenDictionary<string, TagRole> Roles = new (TagRole Role, string Names)[]
    {
        (TagRole.Skipped,
            "script style template noscript iframe object embed svg math canvas audio video select datalist button input textarea rt rp map head title meta "
                + "link applet frameset noframes progress meter"),
        (TagRole.Break, "br"),
        (TagRole.Block,
            "div section article main header footer nav aside form fieldset ul ol dl menu dir table tbody thead tfoot caption figure figcaption address "
                + "center details dialog hgroup body html legend summary hr search"),
        (TagRole.Paragraph, "p"),
        (TagRole.Heading, "h1 h2 h3 h4 h5 h6"),
        (TagRole.ListItem, "li dt dd"),
        (TagRole.Row, "tr"),
        (TagRole.Cell, "td th"),
        (TagRole.Quote, "blockquote"),
        (TagRole.Preformatted, "pre listing xmp plaintext"),
        (TagRole.Link, "a"),
    }.SelectMany(static row => row.Names.Split(' ').Select(name => KeyValuePair.Create(name, row.Role))).ToFrozenDictionary();

    /// <summary>Unknown elements are inline, as in browsers.</summary>
    public static TagRole RoleOf(string tag) => Roles.GetValueOrDefault(tag, TagRole.Inline);
}

/// <summary>What an element does to the flow of text.</summary>
internal enum TagRole
{
    Inline,
    Link,
    Break,
    Skipped,
    Block,
    Paragraph,
    Heading,
    ListItem,
    Row,
    Cell,
    Quote,
    Preformatted,
}
