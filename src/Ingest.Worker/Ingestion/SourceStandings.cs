using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;

namespace Ingest.Worker.Ingestion;

/// <summary>What a visit shows of a source's address and server, and what of it is worth telling.</summary>
internal static class SourceStandings
{
    /// <summary>After a visit that brought an answer of use.</summary>
    /// <param name="source">The source before.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="result">What came.</param>
    /// <param name="hadNews">Whether an entry was new or changed.</param>
    /// <param name="isFeed">Whether it was a feed, and no page in its place: what leads to a page is no move. Null when it was the same as before.</param>
    /// <param name="now">The time.</param>
    public static SourceStanding AfterSuccess(Source source, Question question, FetchResult result, bool hadNews, bool? isFeed, DateTimeOffset now)
    {
        var (pending, moved) = PendingMove.After(source.Move, result.MovedTo, isFeed, now);
        return new SourceStanding
        {
            Trust = moved is not null ? ValidatorTrust.Full
                : result is FetchResult.Fetched fetched ? source.Trust.AfterFull(question, hadNews, HasSameValidators(source, fetched.Validators), now)
                : source.Trust.AfterNotModified(now),
            LastFullAt = result is FetchResult.Fetched ? now : source.LastFullAt,
            GuessAt = source.GuessAt,
            Move = pending,
            MovedTo = moved,
        };
    }

    /// <summary>What the row remembers of a full answer. Validators that are to be sent once more as a test stay.</summary>
    public static SourceFacts Facts(Source source, FetchResult.Fetched fetched, Guid bodyHash, SourceStanding standing, Feeds.FeedDocument? document)
    {
        var kept = standing.Trust.Level == TrustLevel.Tested ? new Validators(source.ETag, source.LastModified, source.ValidatorsUrl) : fetched.Validators;
        return new SourceFacts(kept.ETag, kept.LastModified, kept.Url, bodyHash, document?.Title, document?.Link, document?.Language);
    }

    /// <summary>What is out of the ordinary.</summary>
    /// <param name="visit">The visit as it will be saved.</param>
    /// <param name="quarantineWeight">The weight at which quarantine begins.</param>
    public static IEnumerable<SourceEvent> Events(Visit visit, double quarantineWeight)
    {
        var (source, standing) = (visit.Source, visit.Standing);
        if (standing.MovedTo is { } url) yield return new SourceEvent("moved", $"from {source.Url} to {url}: permanent redirects led there on several visits over more than a day");
        if (visit.Gone && !source.IsGone) yield return new SourceEvent("gone", "the publisher answered 410");
        if (source.IsGone && !standing.IsGone) yield return new SourceEvent("returned", "it answers again after it was gone");
        double before = source.History.FailureWeight, after = visit.Plan.History.FailureWeight;
        if (before < quarantineWeight && after >= quarantineWeight) yield return new SourceEvent("quarantined", visit.Plan.Reason);
        if (before >= quarantineWeight && after == 0) yield return new SourceEvent("recovered", string.Create(CultureInfo.InvariantCulture, $"it answers again after failures of weight {before:0.##}"));
        if (standing.MovedTo is null && standing.Trust.Level != source.Trust.Level) yield return OfTrust(standing.Trust.Level);
    }

    private static SourceEvent OfTrust(TrustLevel level) => level switch
    {
        TrustLevel.Tested => new SourceEvent("validators_doubted", "a check without validators found news: the validators from before it are sent once more"),
        TrustLevel.Distrusted => new SourceEvent("validators_distrusted", "the server says 304 although the feed has changed: it is asked for the whole feed from now on"),
        _ => new SourceEvent("validators_trusted", "the server tells a changed feed from an unchanged one: a 304 is believed"),
    };

    private static bool HasSameValidators(Source source, Validators now) =>
        (now.ETag ?? source.ETag) is not null ? now.ETag == source.ETag : now.LastModified == source.LastModified;
}
