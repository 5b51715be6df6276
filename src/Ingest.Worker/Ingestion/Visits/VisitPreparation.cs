using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Identity;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Discovery;
using Ingest.Worker.Ingestion.Reading;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Words;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>Prepares a visit from what came: reads, recognises, assembles and plans; nothing is written.</summary>
internal sealed class VisitPreparation(
    SourceAccess access, MissedEntries missed, FeedGuesses guesses, ReadingDesk desk, ArticleStore articles, IOptionsMonitor<PollingOptions> polling,
    IOptionsMonitor<PagesOptions> pages, NodeName node, TimeProvider time)
{
    // Mostly a maintenance page in the feed's place, which is the server's trouble.
    private const double UnreadableWeight = 0.5;

    /// <summary>The visit as it will be saved.</summary>
    /// <param name="source">The source.</param>
    /// <param name="asked">What came.</param>
    /// <param name="stay">What the visit holds.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<VisitOutcome> PrepareAsync(Source source, Asked asked, VisitSlots.Stay stay, CancellationToken ct)
    {
        var (mode, request, result, startedAt) = asked;
        var fetch = FetchLedger.Entry(request, result, startedAt, node).WaitedFor(source.NextPollAt);
        if (asked.IsOthers) fetch = fetch with { Attempts = 0, Bytes = 0, Others = [] };
        var prepared = result switch
        {
            FetchResult.NotModified => new VisitOutcome(Unchanged(source, mode, result, fetch), request, result),
            FetchResult.Failed failed => new VisitOutcome(Failed(source, failed, fetch), request, result),
            FetchResult.Fetched fetched => await ReadAsync(source, mode, request, fetched, fetch, stay, ct),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        prepared = await guesses.AddAsync(source, prepared, stay, ct);
        return prepared with { Visit = WithEvents(prepared.Visit) };
    }

    /// <summary>A visit that ended in something nobody expected, so that the source backs off and says so.</summary>
    public VisitWrites Unexpected(Source source, Exception error)
    {
        var fetch = FetchLedger.Unexpected(source.Url, FetchKind.Feed, error, time.GetUtcNow(), node);
        return WithEvents(Planned(source, new PollOutcome.Failed(1, fetch.Failure!), ServerTrust.Of(source), fetch));
    }

    private async Task<VisitOutcome> ReadAsync(
        Source source, RevalidationMode mode, FetchRequest request, FetchResult.Fetched fetched, FetchEntry fetch, VisitSlots.Stay stay, CancellationToken ct)
    {
        var bodyHash = Fingerprint.Of(fetched.Body);
        if (bodyHash == source.BodyHash)
        {
            desk.Pass(fetched.FinalUrl);
            var same = Unchanged(source, mode, fetched, fetch);
            return new VisitOutcome(same with { Facts = ServerTrustRules.Facts(source, fetched, bodyHash, same.ServerTrust, null) }, request, fetched);
        }

        switch (await desk.ReadFeedAsync(fetched, stay.Memory, ct))
        {
            case FeedReading.Unreadable unreadable:
                var failed = new PollOutcome.Failed(UnreadableWeight, unreadable.Reason) { NotBefore = fetched.NotBefore };
                return new VisitOutcome(
                    Planned(source, failed, ServerTrust.Of(source), fetch with { Cause = LedgerCauses.Unreadable, Failure = unreadable.Reason }),
                    request,
                    fetched);
            case FeedDocument document:
                var (visit, decisions) = await DecideAsync(source, mode, document, fetched, fetch, stay, ct);
                return new VisitOutcome(
                    visit with { Facts = ServerTrustRules.Facts(source, fetched, bodyHash, visit.ServerTrust, document) }, request, fetched with { Body = [] })
                {
                    Document = document,
                    Decisions = decisions.All,
                };
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<(VisitWrites Visit, EntryDecisions Decisions)> DecideAsync(
        Source source, RevalidationMode mode, FeedDocument document, FetchResult.Fetched fetched, FetchEntry fetch, VisitSlots.Stay stay, CancellationToken ct)
    {
        var decisions = await DecideAsync(source, document, fetched, stay, ct);
        var news = (source.History.News is null ? document.Entries : decisions.Fresh).Select(static entry => (entry.Published ?? entry.Updated)?.At).ToList();

        // What a filter does not take is remembered nowhere: whether it was there the last time cannot be told.
        var missedSome = !fetched.IsPart && source.History.News is not null && !decisions.HasSeen && decisions.Fresh.Count > 0
            && decisions.Counts.Filtered == 0;
        SourceEvent? happened = null;
        if (missedSome)
        {
            var search = await missed.SearchAsync(
                source,
                document,
                async entries => (await DecideAsync(source, document with { Entries = entries }, fetched, stay, ct)).HasSeen,
                polling.CurrentValue.MaxArchives,
                stay,
                ct);
            happened = new SourceEvent(
                SourceEventKind.EntriesMissed, $"no entry was known from the visit before, so that others may have come and gone: {search.Words}");
            fetch = fetch with { Others = [.. fetch.Others, .. search.Fetches] };
            if (search.Entries.Count > 0)
                decisions = await DecideAsync(source, document with { Entries = [.. document.Entries, .. search.Entries] }, fetched, stay, ct);
        }

        var outcome = new PollOutcome.Read(document.Hints)
        {
            NotBefore = fetched.NotBefore, BodyBytes = fetched.BodyBytes, News = news, MissedSome = missedSome,
        };
        var hadNews = decisions.Counts is { New: > 0 } or { Changed: > 0 };
        var trust = ServerTrustRules.AfterSuccess(source, mode, fetched, hadNews, document.Format != FeedFormat.Page, time.GetUtcNow());
        var visit = Planned(source, outcome, trust, fetch with { Entries = decisions.Counts }) with
        {
            Changes = decisions.Changes,
            Children = SitemapRules.Children(source, document, pages.CurrentValue.MaxSitemapChildren),
            Events = happened is null ? [] : [happened],
        };
        return (visit, decisions);
    }

    private async Task<EntryDecisions> DecideAsync(
        Source source, FeedDocument document, FetchResult.Fetched fetched, VisitSlots.Stay stay, CancellationToken ct)
    {
        await stay.EnterAsync(ct);
        var now = time.GetUtcNow();
        var settings = pages.CurrentValue;
        var read = document.Format == FeedFormat.Sitemap
            ? document with { Entries = SitemapRules.Recent(document.Entries, now - settings.SitemapAge) }
            : document;
        var entries = EntryIdentity.Identify(read.Entries, read.Link);
        ct.ThrowIfCancellationRequested();
        var known = entries.Count == 0 ? KnownEntries.None : await articles.LoadKnownAsync(source.Id, entries, ct);
        var choices = EntryClassifier.Choose(entries, known, await EvidenceAsync(source, entries, known, ct));
        stay.Leave();
        var filter = access.Of(source).Filter;
        return await desk.WorkAsync(fetched, () => EntryDecisions.Make(source, read, filter, entries, choices, now, settings.RevisitDelay, ct), ct);
    }

    // Mostly none is needed.
    private async Task<IReadOnlyList<KnownArticle>> EvidenceAsync(Source source, IReadOnlyList<EntryIdentity> entries, KnownEntries known, CancellationToken ct)
    {
        if (EntryClassifier.Doubts(entries, known) is { Count: > 0 } doubts) return await articles.LoadArticlesAsync(doubts, ct);
        return source.BodyHash is not null && EntryClassifier.IsForgotten(entries, known) ? await articles.LoadLatestAsync(source.Id, ct) : [];
    }

    private VisitWrites Unchanged(Source source, RevalidationMode mode, FetchResult result, FetchEntry fetch) =>
        Planned(
            source,
            new PollOutcome.NotModified { NotBefore = result.NotBefore, BodyBytes = result.BodyBytes },
            ServerTrustRules.AfterSuccess(source, mode, result, hadNews: false, isFeed: null, time.GetUtcNow()),
            fetch);

    private VisitWrites Failed(Source source, FetchResult.Failed failed, FetchEntry fetch)
    {
        var outcome = ServerTrustRules.OutcomeOf(failed);
        var trust = ServerTrust.Of(source);
        var isGone = failed.Kind == FailureKind.Gone;
        return Planned(source, outcome with { NotBefore = failed.NotBefore }, isGone ? trust with { IsGone = true } : trust, fetch) with
        {
            Gone = isGone,
            IsPostponed = outcome is PollOutcome.Postponed,
        };
    }

    private VisitWrites Planned(Source source, PollOutcome outcome, ServerTrust trust, FetchEntry fetch)
    {
        var now = time.GetUtcNow();
        return new VisitWrites
        {
            Source = source,
            Now = now,
            Plan = PollPlan.After(source, outcome, polling.CurrentValue.ToBounds(), now),
            ServerTrust = trust,
            Fetch = fetch,
        };
    }

    private VisitWrites WithEvents(VisitWrites visit) =>
        visit with { Events = [.. visit.Events, .. ServerTrustRules.Events(visit, polling.CurrentValue.QuarantineWeight)] };
}
