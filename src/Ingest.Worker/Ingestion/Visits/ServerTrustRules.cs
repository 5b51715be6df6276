using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Health;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Ingestion.Visits;

/// <summary>What a visit shows of a source's address and server, and what of it is worth telling.</summary>
internal static class ServerTrustRules
{
    /// <summary>After a visit that brought an answer of use.</summary>
    /// <param name="source">The source before.</param>
    /// <param name="mode">What was asked.</param>
    /// <param name="result">What came.</param>
    /// <param name="hadNews">Whether an entry was new or changed.</param>
    /// <param name="isFeed">Whether it was a feed, and no page in its place: what leads to a page is no move. Null when it was the same as before.</param>
    /// <param name="now">The time.</param>
    public static ServerTrust AfterSuccess(Source source, RevalidationMode mode, FetchResult result, bool hadNews, bool? isFeed, DateTimeOffset now)
    {
        var (pending, moved) = PendingMove.After(source.Move, result.MovedTo, isFeed, now);
        return new ServerTrust
        {
            Trust = moved is not null ? ValidatorTrust.Full
                : result is FetchResult.Fetched fetched ? source.Trust.AfterFull(mode, hadNews, HasSameValidators(source, fetched.Validators), now)
                : source.Trust.AfterNotModified(now),
            LastFullAt = result is FetchResult.Fetched { IsPart: false } ? now : source.LastFullAt,
            GuessAt = source.GuessAt,
            Move = pending,
            MovedTo = moved,
        };
    }

    private static readonly TimeSpan LongWithoutAnswer = TimeSpan.FromDays(1);

    /// <summary>
    /// What the row remembers of a full answer. Validators that are to be sent once more as a test stay; and the same body under another tag comes from mirrors
    /// that take turns, whose tags are all sent (RFC 9110, section 13.1.2).
    /// </summary>
    public static SourceFacts Facts(Source source, FetchResult.Fetched fetched, Guid bodyHash, ServerTrust trust, Feeds.FeedDocument? document)
    {
        var kept = trust.Trust.Level == TrustLevel.Tested ? new Validators(source.ETag, source.LastModified, source.ValidatorsUrl) : fetched.Validators;
        if (source.Trust.Level == TrustLevel.Trusted && bodyHash == source.BodyHash && kept.Url == source.ValidatorsUrl)
            kept = kept with { ETag = EntityTag.Beside(kept.ETag, source.ETag) };
        return new SourceFacts(kept.ETag, kept.LastModified, kept.Url, bodyHash, document?.Title, document?.Link, document?.Language);
    }

    /// <summary>What a failure means for the next poll.</summary>
    public static PollOutcome OutcomeOf(FetchResult.Failed failed) => failed switch
    {
        // Waiting for the host's turn, or for the end of its Retry-After, is nobody's failure; a proxy that is down is not the source's. One who was asked,
        // and then left alone because of what came, was asked.
        { SparesSource: true } when failed.Attempts == 0 || failed.Cause is not (FailureCause.HostWaits or FailureCause.CircuitOpen) =>
            new PollOutcome.Postponed(failed.Reason),
        { Kind: FailureKind.Gone } => new PollOutcome.Gone(),
        _ => new PollOutcome.Failed(Weight(failed.Kind), failed.Reason) { IsRefusal = failed.Cause == FailureCause.TooManyRequests },
    };

    /// <summary>What is out of the ordinary.</summary>
    /// <param name="visit">The visit as it will be saved.</param>
    /// <param name="quarantineWeight">The weight at which quarantine begins.</param>
    public static IEnumerable<SourceEvent> Events(VisitWrites visit, double quarantineWeight)
    {
        var (source, trust) = (visit.Source, visit.ServerTrust);
        if (trust.MovedTo is { } url)
            yield return new SourceEvent(
                SourceEventKind.Moved, $"from {source.Url} to {url}: permanent redirects led there on several visits over more than a day");
        if (visit.Gone && !source.IsGone) yield return new SourceEvent(SourceEventKind.Gone, "the publisher answered 410");
        if (source.IsGone && !trust.IsGone) yield return new SourceEvent(SourceEventKind.Returned, "it answers again after it was gone");
        double before = source.History.FailureWeight, after = visit.Plan.History.FailureWeight;
        if (before < quarantineWeight && after >= quarantineWeight) yield return new SourceEvent(SourceEventKind.Quarantined, visit.Plan.Reason);
        var wasFailing = IsFailing(before, source.LastSuccessAt, source.LastPolledAt);
        if (!wasFailing && IsFailing(after, source.LastSuccessAt, visit.Now))
            yield return new SourceEvent(SourceEventKind.Failing, $"it has not answered for a day: {visit.Fetch.Failure ?? visit.Plan.Reason}");
        if ((before >= quarantineWeight || wasFailing) && after == 0)
            yield return new SourceEvent(
                SourceEventKind.Recovered, string.Create(CultureInfo.InvariantCulture, $"it answers again after failures of weight {before:0.##}"));
        if (trust.MovedTo is null && trust.Trust.Level != source.Trust.Level) yield return OfTrust(trust.Trust.Level);
        if (visit.Fetch.Failure is null && Silence.Noticed(source, visit.Plan.History.News, visit.Now) is { } noticed)
            yield return new SourceEvent(noticed.IsSilent ? SourceEventKind.Silent : SourceEventKind.Heard, noticed.Detail);
    }

    // As the view source_health has it; one that never answered was not doing well before either.
    private static bool IsFailing(double weight, DateTimeOffset? lastSuccess, DateTimeOffset? at) => weight > 0 && at - lastSuccess >= LongWithoutAnswer;

    private static SourceEvent OfTrust(TrustLevel level) => level switch
    {
        TrustLevel.Tested => new SourceEvent(
            SourceEventKind.ValidatorsDoubted, "a check without validators found news: the validators from before it are sent once more"),
        TrustLevel.Distrusted =>
            new SourceEvent(
                SourceEventKind.ValidatorsDistrusted, "the server says 304 although the feed has changed: it is asked for the whole feed from now on"),
        _ => new SourceEvent(SourceEventKind.ValidatorsTrusted, "the server tells a changed feed from an unchanged one: a 304 is believed"),
    };

    private static bool HasSameValidators(Source source, Validators now) =>
        (now.ETag ?? source.ETag) is not null ? EntityTag.IsAmong(source.ETag, now.ETag) : now.LastModified == source.LastModified;

    private static double Weight(FailureKind kind) => kind switch
    {
        FailureKind.Transient => 0.25,
        FailureKind.Server => 0.5,
        _ => 1,
    };
}
