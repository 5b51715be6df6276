namespace Ingest.Worker.Commands.SourceLists.Opml;

/// <summary>A subscription in an OPML list.</summary>
/// <param name="Text">What it is called; null when it is not.</param>
/// <param name="Url">The feed.</param>
/// <param name="Tags">Its categories, and the folders it is in, without repetition.</param>
internal sealed record OpmlFeed(string? Text, Uri Url, IReadOnlyList<string> Tags)
{
    /// <summary>What the feed calls itself; null when unknown.</summary>
    public string? Title { get; init; }

    /// <summary>The site; null when unknown.</summary>
    public string? SiteUrl { get; init; }
}
