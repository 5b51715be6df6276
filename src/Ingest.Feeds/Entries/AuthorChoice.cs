using Ingest.Text.Languages;

namespace Ingest.Feeds.Entries;

/// <summary>Collects who wrote an entry: Dublin Core names before Atom persons, RSS addresses, the podcast's and the media's.</summary>
internal sealed class AuthorChoice
{
    private readonly List<string>?[] _byRank = new List<string>?[5];

    public void OfferCreator(string? name) => Offer(0, name);

    public void OfferPerson(string? name) => Offer(1, name);

    public void OfferAddress(string? author) => Offer(2, NameOf(author));

    public void OfferPodcast(string? author) => Offer(3, author);

    public void OfferCredit(string? name) => Offer(4, name);

    public IReadOnlyList<string> Choose()
    {
        foreach (var names in _byRank)
        {
            if (names is not null) return names;
        }

        return [];
    }

    /// <summary>The name in <c>a@b.c (Name)</c>, <c>Name (a@b.c)</c> and <c>Name &lt;a@b.c&gt;</c>; the text itself where there is none.</summary>
    public static string? NameOf(string? author)
    {
        if (author is null) return null;
        var open = author.IndexOf('(', StringComparison.Ordinal);
        if (open > 0 && author.EndsWith(')'))
        {
            var (before, inside) = (author[..open].Trim(), author[(open + 1)..^1].Trim());
            if (before.Contains('@', StringComparison.Ordinal)) return inside.Length > 0 ? inside : before;
            if (inside.Contains('@', StringComparison.Ordinal) && !inside.Contains(':', StringComparison.Ordinal)) return before;
        }

        var angle = author.IndexOf('<', StringComparison.Ordinal);
        return angle > 0 && author.EndsWith('>') && author.AsSpan(angle).Contains('@') ? author[..angle].Trim().Trim('"') : author;
    }

    private void Offer(int rank, string? name)
    {
        name = StatedName.Of(name);
        if (string.IsNullOrEmpty(name)) return;
        var names = _byRank[rank] ??= [];
        if (names.Count < FeedLimits.MaxList && !names.Contains(name)) names.Add(name);
    }
}
