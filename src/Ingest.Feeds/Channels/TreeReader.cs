using System.Xml.Linq;
using CodeHollow.FeedReader.Feeds;
using Ingest.Feeds.Entries;
using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Channels;

/// <summary>Reads a tree of RSS, RDF or Atom through CodeHollow's feed types, and from the elements what they lose.</summary>
internal sealed class TreeReader(EntryFields fields, Uri? url)
{
    /// <summary>Reads the feed and its entries; null when CodeHollow cannot make sense of the tree after all.</summary>
    /// <param name="root">A tree that <see cref="FeedShape"/> accepts.</param>
    /// <param name="format">RSS, RDF or Atom.</param>
    public FeedDocument? Read(XElement root, FeedFormat format)
    {
        if (FeedParts.Of(root, format) is not { } parts) return null;
        var baseUrl = Addresses.BaseOf(root, url);
        if (parts.Head != root) baseUrl = Addresses.BaseOf(parts.Head, baseUrl);
        var lost = new ChannelReader(fields, baseUrl).Read(parts.Head);
        var document = parts.Feed switch
        {
            AtomFeed atom => OfAtom(atom, lost),
            Rss10Feed rdf => OfRdf(rdf, lost),
            Rss20Feed rss => OfRss(rss, lost),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return document with { Format = format, Entries = ReadEntries(parts, document, baseUrl), Deleted = TombstoneReader.Read(root, parts.Head) };
    }

    // Relative addresses of RSS are those of the site, which a feed at another host is not; Atom and xml:base have rules of their own.
    private List<FeedEntry> ReadEntries(FeedParts parts, FeedDocument document, Uri? baseUrl)
    {
        var unstated = url is null || baseUrl != url || document.Format == FeedFormat.Atom ? url : Addresses.Combine(null, document.Link) ?? url;
        if (baseUrl == url) baseUrl = unstated;
        var reader = new EntryReader(fields, url, unstated, new FeedDates(() => DatesOf(parts)));
        var inherited = document.Format == FeedFormat.Atom && document.Author is { } author ? new[] { author } : [];
        var entries = new List<FeedEntry>(Math.Min(parts.Entries.Count, FeedLimits.MaxEntries));
        foreach (var entry in parts.Entries)
        {
            if (entries.Count >= FeedLimits.MaxEntries) break;
            entries.Add(reader.Read(entry, baseUrl, inherited));
            for (var nested = reader.TakeNested(); nested.Count > 0; nested = reader.TakeNested())
            {
                // An entry inside another is a slip of the publisher's, and an article all the same.
                entries.AddRange(nested.Take(FeedLimits.MaxEntries - entries.Count).Select(inner => reader.Read(inner, baseUrl, inherited)));
            }
        }

        return entries;
    }

    private IEnumerable<string> DatesOf(FeedParts parts) => parts.Entries.Append(parts.Head)
        .SelectMany(static element => element.Elements()).Where(child => EntryTexts.IsDate(fields[child])).Select(FeedDates.TextOf);

    private static FeedDocument OfRss(Rss20Feed rss, ChannelReading lost) => new()
    {
        Format = FeedFormat.Rss,
        Title = Line(rss.Title) ?? lost.Title,
        Link = lost.Resolve(rss.Link) ?? lost.Link,
        Description = Line(rss.Description) ?? lost.Description,
        Language = Line(rss.Language) ?? lost.Language,
        Icon = lost.Resolve(rss.Image?.Url) ?? lost.Icon,
        Author = lost.Author ?? AuthorChoice.NameOf(Line(rss.ManagingEditor)),
        Hints = RefreshHintReader.Read(rss.TTL, rss.Sy, rss.SkipHours, rss.SkipDays),
        Hubs = lost.Hubs,
        NextPage = lost.NextPage,
        PreviousArchive = lost.PreviousArchive,
    };

    private static FeedDocument OfRdf(Rss10Feed rdf, ChannelReading lost) => new()
    {
        Format = FeedFormat.Rdf,
        Title = Line(rdf.Title) ?? lost.Title,
        Link = lost.Resolve(rdf.Link) ?? lost.Link,
        Description = Line(rdf.Description) ?? lost.Description,
        Language = lost.Language,
        Icon = lost.Resolve(rdf.Image?.Url) ?? lost.Icon,
        Author = lost.Author,
        Hints = RefreshHintReader.Read(null, rdf.Sy, null, null),
        Hubs = lost.Hubs,
        NextPage = lost.NextPage,
        PreviousArchive = lost.PreviousArchive,
    };

    private static FeedDocument OfAtom(AtomFeed atom, ChannelReading lost) => new()
    {
        Format = FeedFormat.Atom,
        Title = lost.Title,
        Link = lost.Link,
        Description = lost.Description,
        Language = lost.Language,
        Icon = lost.Resolve(atom.Icon) ?? lost.Resolve(atom.Logo) ?? lost.Icon,
        Author = lost.Author,
        Hints = RefreshHintReader.Read(null, new Syndication(atom.Element), null, null),
        Hubs = lost.Hubs,
        NextPage = lost.NextPage,
        PreviousArchive = lost.PreviousArchive,
    };

    private static string? Line(string? text) => string.IsNullOrWhiteSpace(text) || text.Length > FeedLimits.MaxText ? null : text.Trim();
}
