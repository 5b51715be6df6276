namespace Ingest.Text;

/// <summary>
/// Where a part of an article came from, as it is stored and exported. They are texts, because an archive of others may name origins of its own, which are
/// kept; ours are these.
/// </summary>
internal static class Origins
{
    /// <summary>There is no such part.</summary>
    public const string None = "none";

    /// <summary>Nobody stated a date: it is the day on which the article was first seen.</summary>
    public const string FirstSeen = "first_seen";

    /// <summary>A date or title of the feed.</summary>
    public const string Feed = "feed";

    /// <summary>The content of a feed's entry.</summary>
    public const string FeedContent = "feed-content";

    /// <summary>The summary of a feed's entry that holds the whole article.</summary>
    public const string FeedSummary = "feed-summary";

    /// <summary>schema.org in a script of the page.</summary>
    public const string JsonLd = "json-ld";

    /// <summary>schema.org in attributes of the page's elements.</summary>
    public const string Microdata = "microdata";

    /// <summary>A meta element of the page.</summary>
    public const string Meta = "meta";

    /// <summary>The meta element of Open Graph.</summary>
    public const string OpenGraph = "opengraph";

    /// <summary>A heading that other parts of the page bear out.</summary>
    public const string Heading = "heading";

    /// <summary>The page's text; of titles its document title, or its only heading.</summary>
    public const string Html = "html";

    /// <summary>A time element of the page.</summary>
    public const string Time = "time";

    /// <summary>The page's URL.</summary>
    public const string Url = "url";

    /// <summary>A date that stands in the page's text.</summary>
    public const string Visible = "visible";

    /// <summary>An archive that does not say.</summary>
    public const string Archive = "archive";

    /// <summary>Those of dates, as they are stored.</summary>
    public static IReadOnlyList<string> OfDates { get; } = [Feed, JsonLd, Meta, Microdata, Time, Url, Visible, Archive, FirstSeen];

    /// <summary>Those of titles.</summary>
    public static IReadOnlyList<string> OfTitles { get; } = [Feed, Heading, JsonLd, Microdata, OpenGraph, Meta, Html, Archive, None];

    /// <summary>Those of bodies.</summary>
    public static IReadOnlyList<string> OfBodies { get; } = [Html, JsonLd, Microdata, FeedContent, FeedSummary, Archive, None];

    /// <summary>A comment's list of them.</summary>
    public static string Listed(IReadOnlyList<string> origins) => $"{string.Join(", ", origins.SkipLast(1))} or {origins[^1]}";
}
