namespace Ingest.Feeds.Entries;

/// <summary>What Media RSS says beside its files, until it is known whether these are pictures or what the entry is about.</summary>
internal sealed class MediaDraft
{
    private string? _description;
    private readonly List<string> _credits = [];

    public bool HasPicture { get; set; }

    public bool HasOther { get; set; }

    public void OfferDescription(string? text) => _description ??= text;

    public void OfferCredit(string? name)
    {
        if (name is not null && _credits.Count < FeedLimits.MaxList) _credits.Add(name);
    }

    /// <summary>Where all media are pictures, they are illustrations: what is said of them is a caption and names photographers.</summary>
    public void Join(EntryDraft draft)
    {
        if (HasPicture && !HasOther) return;
        draft.OtherSummary ??= _description;
        foreach (var name in _credits) draft.Authors.OfferCredit(name);
    }
}
