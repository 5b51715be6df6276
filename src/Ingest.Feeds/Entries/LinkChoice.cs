namespace Ingest.Feeds.Entries;

/// <summary>Chooses an entry's page among its links: RSS's own link, then alternates, HTML before other types.</summary>
internal sealed class LinkChoice
{
    // RFC 4287 lets a registered relation be written as an IRI.
    private const string Registry = "http://www.iana.org/assignments/relation/";

    private string? _plain;
    private string? _html;
    private string? _alternate;
    private string? _related;

    /// <summary>Offers the text of an RSS link.</summary>
    public void OfferPlain(string? address) => _plain ??= address;

    /// <summary>Offers an Atom link (RFC 4287, section 4.2.7).</summary>
    public void OfferAtom(string? address, string? relation, string? type)
    {
        if (address is null) return;
        if (relation is not null && relation.StartsWith(Registry, StringComparison.OrdinalIgnoreCase)) relation = relation[Registry.Length..];
        if (relation is null || Is(relation, "alternate"))
        {
            // Relations are compared character by character (RFC 4287, section 4.2.7.2); ALTERNATE is a guess at what was meant.
            var isPage = type is null || type.Contains("html", StringComparison.OrdinalIgnoreCase);
            if (isPage && relation is null or "alternate") _html ??= address;
            else _alternate ??= address;
        }
        else if (Is(relation, "via") || Is(relation, "related"))
        {
            _related ??= address;
        }
    }

    public string? Choose() => _plain ?? _html ?? _alternate ?? _related;

    private static bool Is(string relation, string name) => relation.AsSpan().Trim().Equals(name, StringComparison.OrdinalIgnoreCase);
}
