namespace Ingest.Feeds.Entries;

/// <summary>Chooses an entry's page among its links: the publisher's own behind a counting one, RSS's own link, then alternates, HTML first.</summary>
internal sealed class LinkChoice
{
    // RFC 4287 lets a registered relation be written as an IRI.
    private const string Registry = "http://www.iana.org/assignments/relation/";
    private const string SecureRegistry = "https://www.iana.org/assignments/relation/";

    private string? _original;
    private string? _plain;
    private string? _html;
    private string? _alternate;
    private string? _related;
    private string? _canonical;
    private string? _self;
    private string? _selfDocument;
    private string? _content;

    /// <summary>Offers the address that stood in the feed before a service put its own in its place, to count who follows it.</summary>
    public void OfferOriginal(string? address) => _original ??= address;

    /// <summary>Offers the text of an RSS link.</summary>
    public void OfferPlain(string? address) => _plain ??= address;

    /// <summary>Offers the place of content that is not in the entry (RFC 4287, section 4.1.3.2).</summary>
    public void OfferContent(string? address) => _content ??= address;

    /// <summary>Offers an Atom link (RFC 4287, section 4.2.7).</summary>
    public void OfferAtom(string? address, string? relation, string? type)
    {
        if (address is null) return;
        relation = NameOf(relation);
        var isPage = type is null || type.Contains("html", StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrWhiteSpace(relation) || Is(relation, "alternate"))
        {
            // Relations are compared character by character (RFC 4287, section 4.2.7.2); ALTERNATE is a guess at what was meant.
            if (isPage && (string.IsNullOrWhiteSpace(relation) || relation is "alternate")) _html ??= address;
            else _alternate ??= address;
        }
        else if (Is(relation, "via") || Is(relation, "related"))
        {
            _related ??= address;
        }
        else if (Is(relation, "canonical"))
        {
            _canonical ??= address;
        }
        else if (Is(relation, "self"))
        {
            if (isPage) _self ??= address;
            else _selfDocument ??= address;
        }
    }

    public string? Choose() => _original ?? _plain ?? _html ?? _alternate ?? _related ?? _canonical;

    /// <summary>The address in whose place the publisher's own was chosen; null when none was.</summary>
    public string? Replaced() => _original is null ? null : (_plain ?? _html ?? _alternate) is { } stated && stated != _original ? stated : null;

    /// <summary>Where the entry itself or its content stands: better than no address at all, without which an entry is lost.</summary>
    public string? LastResort() => _self ?? _content ?? _selfDocument;

    /// <summary>Whether the stated relation, which may be several, is or has the named one.</summary>
    public static bool Is(string? relation, string name)
    {
        var rest = NameOf(relation).AsSpan().Trim();
        if (rest.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        foreach (var part in rest.Split(' '))
        {
            if (rest[part].Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private static string? NameOf(string? relation) =>
        relation is null ? null
        : relation.StartsWith(Registry, StringComparison.OrdinalIgnoreCase) ? relation[Registry.Length..]
        : relation.StartsWith(SecureRegistry, StringComparison.OrdinalIgnoreCase) ? relation[SecureRegistry.Length..]
        : relation;
}
