using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;
using Ingest.Text;

namespace Ingest.Pages.Claims.Names;

/// <summary>
/// Chooses the authors: people as the machine's claims name them, unless those name an account or a house and the byline beside the title a person; the site's
/// own name only when nobody else is named.
/// </summary>
internal sealed class AuthorChooser(SiteNames sites, Explanation explanation)
{
    private const int MostInByline = 4;

    private readonly List<string> _offered = [];
    private IReadOnlyList<string>? _reserve;
    private IReadOnlyList<string>? _handles;
    private IReadOnlyList<string>? _houses;
    private IReadOnlyList<string>? _chosen;
    private bool _isStated;
    private bool _isOfMeta;
    private bool _isSiteSeen;
    private bool _isSeen;
    private List<string>? _guests;
    private List<string>? _linked;
    private readonly List<List<string>> _farGuests = [];

    public static IReadOnlyList<string> Choose(AuthorOffers offers, SiteNames sites, Explanation explanation)
    {
        var chooser = new AuthorChooser(sites, explanation);
        foreach (var offer in offers.All()) chooser.Weigh(offer);
        if (chooser is { _isStated: true, _isSeen: false } && chooser.Guests(offers) is { } guests) return guests;
        return [.. (chooser._chosen ?? chooser._handles ?? chooser._houses ?? chooser._reserve ?? []).Select(chooser.WithoutTail)];
    }

    private void Weigh(AuthorOffer offer)
    {
        var isBeside = offer.Place is OfferPlace.BesideTitle or OfferPlace.UnderTitle;
        if (_chosen is not null && !isBeside && !(_isStated && offer.IsAnnounced)) return;
        // Where the page's own byline names the site, a name elsewhere is somebody else's.
        if (offer.Place is OfferPlace.Elsewhere or OfferPlace.Guess && _isSiteSeen) return;
        // And on the page of a person whose site has their name, this is who writes.
        if (offer.Place is OfferPlace.Guess && _reserve is not null && _reserve.Any(name => Byline.IsPerson(name) && !sites.IsExactly(name))) return;
        if (offer.Names() is not { Count: > 0 } names) return;
        explanation.Note($"author: {offer.Where} \"{string.Join("; ", names)}\"");
        _offered.AddRange(names);
        var people = names.Where(name => !sites.IsSite(name)).Select(sites.WithoutSiteAtEnd)
            .Where(name => names.Contains(name) || !(Byline.IsInstitution(name) || BylinePatterns.Particles.Contains(name))).ToList();
        // "Example Times; Berlin; Germany": what follows a site's name is its address.
        if (people.Count < names.Count && sites.IsSite(names[0]) && !people.Exists(Byline.IsPerson)) (names, people) = ([names[0]], []);
        // An editor's sign stands behind the author: "Jane Doe, jsm".
        if (people.Exists(Byline.IsPerson)) people.RemoveAll(Byline.IsHandle);
        if (people.Count == 0 && isBeside && _chosen is null && IsNamesake(names)) people = [.. names];
        if (people.Count == 0)
        {
            _reserve ??= names;
            _isSiteSeen |= offer.Place is not OfferPlace.Stated;
        }
        else if (people.TrueForAll(Byline.IsHandle) && (!isBeside || people.Exists(static name => name.AsSpan().ContainsAny('.', '_')))) _handles ??= people;
        else if (offer.Place is OfferPlace.Elsewhere && people.TrueForAll(IsHouse)) _houses ??= people;
        else if (offer is { Place: OfferPlace.Elsewhere, IsAnnounced: false } && people.TrueForAll(IsOtherText)) _reserve ??= people;
        else if (_chosen is not null && _isStated && isBeside && !IsFuller(people, _chosen) && !Outranks(people, _chosen, offer.IsAnnounced))
            LookForGuest(people, offer);
        else if (_chosen is null || (isBeside && IsFuller(people, _chosen)) || (_isStated && Outranks(people, _chosen, offer.IsAnnounced))) Take(people, offer);
    }

    // What a box named for authors says may be anything: "Notes on the snow in May".
    private static bool IsOtherText(string name) => name.Contains(' ', StringComparison.Ordinal) && !Byline.IsPerson(name);

    // "Example Newsroom", "EX".
    private static bool IsHouse(string name) => Byline.IsInstitution(name) || (name.Length is 2 or 3 && name.All(char.IsUpper));

    // "Jane Doe's Blog" is written by Jane Doe.
    private bool IsNamesake(IReadOnlyList<string> names) =>
        names.All(name => Byline.IsSurelyAPerson(name) && !sites.IsExactly(name)) && _reserve is not null && names.All(_reserve.Contains);

    private void Take(List<string> people, AuthorOffer offer)
    {
        _chosen = people;
        _isStated = offer.Place is OfferPlace.Stated;
        _isOfMeta = _isStated && offer.Where == "meta author";
    }

    /// <summary>Does the byline name all whom the machine's claim names, and more? Many templates state only the first author.</summary>
    private static bool IsFuller(List<string> people, IReadOnlyList<string> chosen)
    {
        if (people.Count <= chosen.Count || people.Count > MostInByline) return false;
        var keys = chosen.Select(ComparableText.Letters).ToList();
        var others = people.Where(person => !keys.Contains(ComparableText.Letters(person))).ToList();
        return others.Count == people.Count - chosen.Count
            && others.TrueForAll(
                other =>
                    Byline.IsPerson(other) && !Byline.IsInstitution(other)
                        && !keys.Exists(key => ComparableText.Letters(other).Contains(key, StringComparison.Ordinal)));
    }

    // "Newsroom", "Example feed" and "jroe" are accounts through which the text of a person is published, and "Jane" may be all of a name that a form asks for.
    private static bool Outranks(List<string> people, IReadOnlyList<string> chosen, bool isAnnounced) =>
        people.Count <= MostInByline && people.TrueForAll(Byline.IsSurelyAPerson) && !chosen.Any(Byline.IsSurelyAPerson)
            && (isAnnounced || people.Exists(person => person.StartsWith(chosen[0], StringComparison.OrdinalIgnoreCase)));

    // The account of whoever has put the text online may have the name of a person too. A byline right under the title then names the writer.
    private void LookForGuest(List<string> people, AuthorOffer offer)
    {
        _isSeen |= people.Exists(person => _chosen!.Any(one => IsSamePerson(person, one)));
        // Site-wide metas name who owns the site; the link to the page of somebody else right under the title, who writes on it.
        if (offer is { IsLink: true, Place: OfferPlace.UnderTitle } && _isOfMeta && !IsHouse(people[0]) && !_chosen!.Any(one => IsPartOf(people[0], one)))
            _linked ??= people;
        if (!offer.IsAnnounced || people.Count > MostInByline
            || !people.TrueForAll(static person => Byline.IsSurelyAPerson(person) && person.AsSpan().IndexOfAny("/!") < 0))
            return;
        if (offer.Place is OfferPlace.UnderTitle) _guests ??= people;
        else if (offer.IsAlone) _farGuests.Add(people);
    }

    // Further down only one byline may stand, and nobody else may be seen as the author.
    private List<string>? Guests(AuthorOffers offers)
    {
        if (_guests is null && _linked is not null && !offers.Shows(_chosen!)) return _linked;
        if (_guests is not null || _farGuests.Count == 0) return _guests;
        return _farGuests.TrueForAll(people => people.SequenceEqual(_farGuests[0])) && !offers.Shows(_chosen!) ? _farGuests[0] : null;
    }

    private static bool IsSamePerson(string person, string other) =>
        ComparableText.Letters(person.Split(' ')[^1]) == ComparableText.Letters(other.Split(' ')[^1])
            || ComparableText.Letters(person).Contains(ComparableText.Letters(other), StringComparison.Ordinal);

    // "Jane" and "jdoe" are Jane Doe.
    private static bool IsPartOf(string account, string person) =>
        person.Split(' ').Any(word => ComparableText.Letters(account).Contains(ComparableText.Letters(word), StringComparison.Ordinal))
            || ComparableText.Letters(person).Contains(ComparableText.Letters(account), StringComparison.Ordinal);

    // "Jane Doe Developer in Porto" is Jane Doe, if the page calls her that elsewhere.
    private string WithoutTail(string name)
    {
        if (Byline.IsPerson(name) && name.Count(static c => c == ' ') < 3 && !name.Contains('-', StringComparison.Ordinal)) return name;
        var shorter = _offered.Where(other => other.Length < name.Length && Byline.IsSurelyAPerson(other) && IsAtAnEnd(other, name));
        return shorter.MinBy(static other => other.Length) ?? name;
    }

    private static bool IsAtAnEnd(string shorter, string name) =>
        (name.StartsWith(shorter, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(name[shorter.Length]))
        || (name.EndsWith(shorter, StringComparison.OrdinalIgnoreCase) && name[^(shorter.Length + 1)] == ' ');
}
