using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Ingestion.Reading;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary>What is at an address that somebody wants as a source: a feed or sitemap, or a page that leads to one.</summary>
/// <param name="Url">What is to be polled, with the user and the secrets of the address where it is of the same party.</param>
/// <param name="Document">What it holds; null when there is nothing to poll.</param>
/// <param name="Way">How it was found from the address; null when it is the address itself.</param>
/// <param name="Fault">Why there is nothing to poll.</param>
internal sealed record FoundFeed(Uri Url, FeedDocument? Document, string? Way, string? Fault)
{
    // Asked at their host's pace: somebody waits.
    private const int MostGuesses = 6;

    /// <summary>Further feeds that the page announces.</summary>
    public IReadOnlyList<FeedChild> Others { get; init; } = [];

    /// <summary>Looks at the address, and through a page at what it announces, or else at where feeds usually are.</summary>
    public static async Task<FoundFeed> LookAsync(FetchAsync fetch, Uri url, CancellationToken ct)
    {
        var (document, at, fault) = await ReadAsync(fetch, url, ct);
        if (document is null) return new FoundFeed(url, null, null, fault);
        if (document.Format != FeedFormat.Page) return new FoundFeed(at, document, at == url ? null : "moved for good", null);
        var others = document.ChildrenAreGuesses ? [] : document.Children;
        foreach (var child in document.Children.Take(document.ChildrenAreGuesses ? MostGuesses : 1))
        {
            if (CanonicalUrl.Parse(child.Url) is not { } place) continue;
            var (inner, innerAt, innerFault) = await ReadAsync(fetch, WithUserOf(url, place), ct);
            if (inner is { Format: not FeedFormat.Page })
                return new FoundFeed(innerAt, inner, document.ChildrenAreGuesses ? "where feeds usually are" : "announced by the page", null)
                {
                    Others = [.. others.Skip(1)],
                };
            if (!document.ChildrenAreGuesses)
                return new FoundFeed(url, null, null, $"the page announces {UrlSecrets.Without(place)}, which is none: {innerFault ?? "it is a page"}");
        }

        return new FoundFeed(url, null, null, "it is a page that announces no feed, and there is none where feeds usually are");
    }

    private static async Task<(FeedDocument? Document, Uri At, string? Fault)> ReadAsync(FetchAsync fetch, Uri url, CancellationToken ct)
    {
        switch (await fetch(new FetchRequest(url, FetchKind.Feed, null), ct))
        {
            case FetchResult.Fetched fetched:
                var at = fetched.MovedTo is { } moved ? WithUserOf(url, moved) : url;
                return FeedReader.Read(fetched.Body, fetched.Charset, fetched.FinalUrl, ReadingTime.DefaultLimit(ct)) switch
                {
                    FeedDocument document => (document, at, null),
                    FeedReading.Unreadable unreadable => (null, url, unreadable.Reason),
                    _ => throw new System.Diagnostics.UnreachableException(),
                };
            case FetchResult.Failed failed: return (null, url, failed.Reason);
            default: return (null, url, "the server said 304 to an unconditional request");
        }
    }

    // What was given for one party is sent to no other.
    private static Uri WithUserOf(Uri own, Uri other)
    {
        if (!WebUrl.SameParty(own, other)) return other;
        var filled = UrlSecrets.Fill(other, own);
        if (own.UserInfo.Length == 0) return filled;
        var user = own.UserInfo.Split(':', 2);
        return new UriBuilder(filled) { UserName = user[0], Password = user.Length > 1 ? user[1] : "" }.Uri;
    }
}
