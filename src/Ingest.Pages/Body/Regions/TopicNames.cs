using Ingest.Pages.Body.Regions.Names;
using Ingest.Text;

namespace Ingest.Pages.Body.Regions;

/// <summary>
/// Tells names that are the topic of a chapter, such as <c>id="voting-rights"</c>, from those that say what an element is for. A
/// chapter has a heading that says the same, or stands among others that are named alike, and what follows is prose.
/// </summary>
internal sealed class TopicNames
{
    private const double LeastProse = 60;
    private const double MostLinks = 0.25;
    private const int SmallestFamily = 3;

    private readonly PageText _page;
    private readonly HashSet<Region> _withForm = [];
    private Dictionary<(Region Parent, string Tag, string Prefix), (int All, int Plain)>? _families;

    public TopicNames(PageText page)
    {
        _page = page;
        foreach (var region in page.Regions)
        {
            if (region.Tag == "form") MarkForm(region);
        }
    }

    /// <summary>Whether a region's names are out for no other reason than what its chapter is about.</summary>
    public bool Explain(Region region)
    {
        if (region.Name.Length == 0 || region.Tag is not ("section" or "div" or "article") || _page.Mass(region) < LeastProse) return false;
        if (_withForm.Contains(region) || HeadingOf(region) is not { } at || !IsProse(region)) return false;
        var heading = _page.Blocks[at];
        foreach (var name in region.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var hint = Hints.OfName(name) & Hint.Out;
            if (hint != Hint.None && !IsSaidBy(heading.Text, heading.Words, name, hint) && !IsInFamily(region)) return false;
        }

        return true;
    }

    private void MarkForm(Region form)
    {
        for (var at = form.Parent; at is not null && _withForm.Add(at); at = at.Parent)
        {
        }
    }

    // The index of the heading that it begins with, or that stands right before it.
    private int? HeadingOf(Region region)
    {
        var blocks = _page.Blocks;
        if (blocks[region.First] is { IsHeading: true, LinkShare: < 0.5 }) return region.First;
        return region.First > 0 && blocks[region.First - 1] is { IsHeading: true, LinkShare: < 0.5 } before
            && ReferenceEquals(before.Region.Parent, region.Parent) ? region.First - 1 : null;
    }

    private bool IsProse(Region region) => !_page.HasLinkedHeading(region) && _page.LinkedChars(region) <= MostLinks * _page.Chars(region);

    // "voting-rights" over "Voting rights", but not "newsletter-box" over "Newsletter"; a single word takes a heading that says more.
    private static bool IsSaidBy(string heading, int words, string name, Hint hint)
    {
        const int WordsThatSayMore = 3;
        const int LongestHeading = 300;
        if (heading.Length > LongestHeading) return false;
        var tokens = Hints.Tokens(name);
        var said = ComparableText.Letters(heading);
        if (!tokens.TrueForAll(token => said.Contains(token, StringComparison.Ordinal))) return false;
        return tokens.Exists(IsTopic) || (tokens.Count == 1 && words >= WordsThatSayMore && (hint & Hint.Comments) == Hint.None);
    }

    private static bool IsTopic(string token) =>
        token.Length > 2 && !HintWords.StructureNouns.Contains(token) && (!HintWords.Tokens.TryGetValue(token, out var hint) || (hint & Hint.Out) == Hint.None)
            && (token.Length <= 7 || !HintWords.Stems.Any(stem => token.Contains(stem.Stem, StringComparison.Ordinal)));

    private bool IsInFamily(Region region) =>
        region.Parent is { } parent && PrefixOf(region.Name) is { } prefix
            && (_families ??= Families())[(parent, region.Tag, prefix)] is { All: >= SmallestFamily } family && family.Plain * 2 >= family.All;

    private Dictionary<(Region Parent, string Tag, string Prefix), (int All, int Plain)> Families()
    {
        var families = new Dictionary<(Region Parent, string Tag, string Prefix), (int All, int Plain)>();
        foreach (var region in _page.Regions)
        {
            if (region.Parent is not { } parent || PrefixOf(region.Name) is not { } prefix) continue;
            var (all, plain) = families.GetValueOrDefault((parent, region.Tag, prefix));
            families[(parent, region.Tag, prefix)] = (all + 1, plain + ((region.Hint & Hint.Out) == Hint.None ? 1 : 0));
        }

        return families;
    }

    // "section" of "section-voting": names of one word after another tell chapters apart.
    private static string? PrefixOf(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash == name.LastIndexOf('-') && !name.Contains(' ', StringComparison.Ordinal) ? name[..dash] : null;
    }
}
