using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Feeds.Discovery;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Reading;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Due;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion.Discovery;

/// <summary>
/// Looks for the feed of a page that announces none, where feeds usually are: one address a visit, each of them once in weeks, because a site without a feed
/// would be asked for what it does not have forever. What is a feed becomes a source.
/// </summary>
internal sealed class FeedGuesses(WebFetcher fetcher, SourceAccess access, ReadingDesk desk, Guesses guesses, NodeName node, TimeProvider time)
{
    /// <summary>The visit with one guess more, where one is due.</summary>
    /// <param name="source">The source.</param>
    /// <param name="prepared">Its visit so far.</param>
    /// <param name="stay">What the visit holds; while the web is waited for, no slot.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<VisitOutcome> AddAsync(Source source, VisitOutcome prepared, VisitSlots.Stay stay, CancellationToken ct)
    {
        if (prepared.Result is FetchResult.Failed || prepared.Visit.Fetch.Failure is not null) return prepared;
        var isPage = prepared.Document?.ChildrenAreGuesses ?? source.GuessAt is not null;
        if (!isPage || !SitemapRules.MayHaveChildren(source)) return With(prepared, null);
        var now = time.GetUtcNow();
        if (source.GuessAt > now) return prepared;

        var places = PageDiscovery.Guesses(prepared.Result.FinalUrl);
        await stay.EnterAsync(ct);
        var made = await guesses.LoadAsync(source.Id, ct);
        stay.Leave();
        if (GuessRules.Next(places, made, now) is not { } place) return With(prepared, GuessRules.NextAt(places, made, now));
        var (outcome, fetch) = await AskAsync(source, place, stay, ct);
        prepared = prepared with
        {
            Visit = prepared.Visit with
            {
                Fetch = prepared.Visit.Fetch with
                {
                    Others = [.. prepared.Visit.Fetch.Others, .. fetch.Others, fetch with { Kind = LedgerKind.Guess, Others = [] }],
                },
            },
        };
        if (outcome is not { } known) return prepared;

        var guess = new Guess(place, now, fetch.Status, known) { Among = places };
        prepared = With(prepared, GuessRules.NextAt(places, [.. made.Where(other => other.Url != place), guess], now));
        var children = known == GuessOutcome.Feed ? [.. prepared.Visit.Children, SitemapRules.Child(source, place)] : prepared.Visit.Children;
        return prepared with { Visit = prepared.Visit with { Guess = guess, Children = children } };
    }

    private static VisitOutcome With(VisitOutcome prepared, DateTimeOffset? guessAt) =>
        prepared with { Visit = prepared.Visit with { ServerTrust = prepared.Visit.ServerTrust with { GuessAt = guessAt } } };

    // No outcome where the address was not asked.
    private async Task<(GuessOutcome? Outcome, FetchEntry Fetch)> AskAsync(Source source, Uri place, VisitSlots.Stay stay, CancellationToken ct)
    {
        var startedAt = time.GetUtcNow();
        var rules = access.Of(source);
        var request = rules.Request(place, FetchKind.Feed, null) with { Owner = FetchOwner.Of(source.Id), Memory = stay.Memory };
        var result = rules.Hidden(await fetcher.FetchAsync(request, ct));
        var fetch = FetchLedger.Entry(request, result, startedAt, node);
        switch (result)
        {
            case FetchResult.Failed { SparesSource: true }:
                return (null, fetch);
            case FetchResult.Failed failed:
                return (failed.Kind is FailureKind.Permanent or FailureKind.Gone ? GuessOutcome.None : GuessOutcome.Failed, fetch);
            case FetchResult.Fetched fetched:
                var read = await desk.ReadFeedAsync(fetched, stay.Memory, ct);
                return (read is FeedDocument { Format: not FeedFormat.Page } ? GuessOutcome.Feed : GuessOutcome.None, fetch);
            default:
                return (GuessOutcome.None, fetch);
        }
    }
}
