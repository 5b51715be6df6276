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

    public List<FeedCategory> Categories { get; } = [];

    public List<Enclosure> Enclosures { get; } = [];

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

    public FeedEntry Finish(IReadOnlyList<string> inheritedAuthors)
    {
        var summary = Description ?? AtomSummary ?? OtherSummary;
        var content = EncodedContent ?? OtherContent;
        var authors = Authors.Choose();
        return new FeedEntry
        {
            Id = Id,
            Title = Title ?? OtherTitle,
            Link = Links.Choose() ?? IdLink,
            Published = Published,
            Updated = Updated,
            Authors = authors.Count > 0 ? authors : inheritedAuthors,
            Summary = summary,
            Content = content,
            Categories = Categories.Count > 0 ? Categories : [],
            Enclosures = Enclosures.Count > 0 ? Enclosures : [],
            Image = Images.Choose(content, summary),
            Language = Language,
            Source = Source,
        };
    }
}
