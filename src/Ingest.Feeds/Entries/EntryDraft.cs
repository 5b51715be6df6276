using Ingest.Feeds.Media;
using Ingest.Feeds.Trees;
using Ingest.Text;

namespace Ingest.Feeds.Entries;

/// <summary>An entry while its elements are read: the candidates of each field, the best of which <see cref="Finish"/> takes.</summary>
internal sealed class EntryDraft(FeedDates dates)
{
    public string? Title { get; set; }

    /// <summary>The title of the entry's media, or Dublin Core's, where it has no title of its own.</summary>
    public string? OtherTitle { get; set; }

    public string? Id { get; set; }

    /// <summary>An address that the identifier is known to be (guid without isPermaLink="false", rdf:about).</summary>
    public string? IdLink { get; set; }

    public LinkChoice Links { get; } = new();

    public StatedDate? Published { get; private set; }

    public StatedDate? Updated { get; private set; }

    public string? Description { get; set; }

    public string? AtomSummary { get; set; }

    public string? OtherSummary { get; set; }

    public string? EncodedContent { get; set; }

    public string? OtherContent { get; set; }

    public AuthorChoice Authors { get; } = new();

    /// <summary>The authors of the feed that the entry was taken from.</summary>
    public AuthorChoice SourceAuthors { get; } = new();

    public List<FeedCategory> Categories { get; } = [];

    public List<Enclosure> Enclosures { get; } = [];

    /// <summary>The same files in other forms, to stand behind them.</summary>
    public List<Enclosure> Alternates { get; } = [];

    public MediaDraft Media { get; } = new();

    public ImageChoice Images { get; } = new();

    public string? Language { get; set; }

    public string? Source { get; set; }

    private int _publishedRank = int.MaxValue;

    /// <summary>Keeps the readable date of the lowest rank, the last of equals.</summary>
    public void OfferPublished(string? text, int rank)
    {
        if (rank > _publishedRank || dates.Read(text) is not { } date) return;
        (Published, _publishedRank) = (date, rank);
    }

    public void OfferUpdated(string? text) => Updated = dates.Read(text) ?? Updated;

    /// <summary>Takes the best of the candidates.</summary>
    /// <param name="inheritedAuthors">The feed's authors, for an entry that names none.</param>
    /// <param name="statedBase">The base that the document states for the entry; null when none.</param>
    /// <param name="otherBase">The base where it states none.</param>
    public FeedEntry Finish(IReadOnlyList<string> inheritedAuthors, Uri? statedBase, Uri? otherBase)
    {
        Media.Join(this);
        foreach (var alternate in Alternates) EnclosureReader.Add(Enclosures, alternate);
        var summary = Description ?? AtomSummary ?? OtherSummary;
        var content = EncodedContent ?? OtherContent;
        var authors = Authors.Choose() is { Count: > 0 } own ? own : SourceAuthors.Choose();
        var link = Links.Choose() ?? IdLink ?? Links.LastResort();
        return new FeedEntry
        {
            Id = Id,
            Title = Title ?? OtherTitle,
            Link = link,
            CountingLink = Links.Replaced(),
            Published = Published,
            Updated = Updated,
            Authors = authors.Count > 0 ? authors : inheritedAuthors,
            Summary = summary,
            Content = content,
            Categories = Categories.Count > 0 ? Categories : [],
            Enclosures = Enclosures.Count > 0 ? Enclosures : [],
            Image = Images.Choose(content, summary, () => statedBase ?? Addresses.Combine(otherBase, link) ?? otherBase),
            Language = Language,
            Source = Source,
        };
    }
}
