using Ingest.Identity;
using Ingest.Text;
using Ingest.Worker.Articles;
using Ingest.Worker.Sources;
using Ingest.Worker.Sources.Plans;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Keys;
using Ingest.Worker.Storage.Words;

namespace Ingest.Worker.Tests.Storage.Values;

/// <summary>Rows with the same hostile text in every column.</summary>
internal static class HostileRows
{
    public static VisitWrites Visit(Source source, DateTimeOffset now, string hostile) => new()
    {
        Source = source,
        ServerTrust = ServerTrust.Of(source),
        Now = now,
        Plan = PollPlan.After(source, new PollOutcome.Failed(0.1, hostile), PollBounds.Default, now) with { Reason = hostile },
        Fetch = Fetch(source.Url, now, hostile),
        Facts = new SourceFacts(hostile, hostile, source.Url, Guid.NewGuid(), hostile, hostile, hostile),
        Changes = new EntryChanges
        {
            Sightings = [new Sighting(EntryKey.OfGuid(hostile), ArticleKey.Of(new Uri("https://example.com/1")), hostile, hostile, hostile, Guid.NewGuid())],
            Aliases =
            [
                new Alias(
                    ArticleKey.Of(new Uri("https://example.com/alias")),
                    new Uri("https://example.com/alias"),
                    ArticleKey.Of(new Uri("https://example.com/1")),
                    NameReason.Moved),
            ],
            Deleted = [new DeletedEntry(EntryKey.OfGuid("gone"), DateTimeOffset.MinValue, hostile)],
        },
        Children = [new ChildSource($"{hostile[..Math.Min(hostile.Length, 200)]}/0123abcd", new Uri("https://example.com/child"))],
        Events = [new SourceEvent(SourceEventKind.Recovered, hostile)],
    };

    public static FetchEntry Fetch(Uri url, DateTimeOffset at, string hostile) => new()
    {
        Id = Guid.CreateVersion7(at), Url = url, Kind = LedgerKind.Feed, StartedAt = at, Duration = TimeSpan.MaxValue, Status = 200,
        Outcome = FetchOutcome.Fetched,
        Node = hostile, Cause = hostile, Failure = hostile,
        Redirects = [hostile, hostile], OptOuts = [hostile], TdmPolicy = hostile,
    };

    public static StoredArticle Row(Uri url, string text, PageState state) => new(
        ArticleKey.Of(url),
        new DatedArticle
        {
            Url = url, PublishedOn = null, PublishedAt = DateTimeOffset.MaxValue, ModifiedAt = DateTimeOffset.MinValue, DateSource = text, Title = text,
            TitleSource = text, Headline = text, Description = text,
            Body = text, BodySource = text, Authors = [text, text], Categories = [text], Language = text, ImageUrl = text, Retraction = text,
            Enclosures = [new Enclosure(text, text, long.MaxValue)],
        },
        state);
}
