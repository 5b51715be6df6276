using System.Globalization;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body;

/// <summary>The elements that hold the article's text, and why they were chosen.</summary>
internal sealed record Container(IReadOnlyList<Region> Parts, string Reason)
{
    public int First => Parts[0].First;

    public int End => Parts[^1].End;

    /// <summary>Whether its parts stand in several elements, with others between them that may be the article's too.</summary>
    public bool IsScattered => Parts.Count > 1 && Parts.Any(part => !ReferenceEquals(part.Parent, Parts[0].Parent));
}

/// <summary>Chooses the element that holds the article, by what the page says of its elements, weighed with the prose inside.</summary>
internal static class ContainerChoice
{
    // An element's claim is believed when it holds this share of the prose of the widest claim.
    private static readonly (Hint Hint, double Share, string Reason)[] Claims =
    [
        (Hint.ArticleBody, 0.4, "articleBody property"),
        (Hint.BodyName, 0.6, "body name"),
        (Hint.Article, 0.5, "article element"),
        (Hint.Main, 0.6, "main element"),
    ];

    private const double MainChild = 0.78;
    private const double NearlyAll = 0.9;

    /// <summary>The element, or elements, and why.</summary>
    /// <param name="excluded">The page.</param>
    /// <param name="isLiveBlog">Whether its text is that of many entries, each of which may say that it is an article's body.</param>
    /// <param name="explanation">Gets a line for each candidate.</param>
    public static Container Choose(ExcludedRegions excluded, bool isLiveBlog, List<string>? explanation)
    {
        var candidates = Claims
            .Select(claim => (claim.Hint, claim.Share, Container: Claimed(excluded, claim.Hint, claim.Reason)))
            .Where(static c => c.Container is not null)
            .Select(c => (Share: isLiveBlog || (c.Hint == Hint.BodyName && c.Container!.IsScattered) ? NearlyAll : c.Share, c.Container)).ToList();
        var widest = candidates.Count == 0 ? 0 : candidates.Max(c => Mass(excluded, c.Container!));
        foreach (var (_, container) in candidates)
            explanation?.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"body candidate {container!.Parts[0]} ×{container.Parts.Count} ({container.Reason}): "
                    + $"{Mass(excluded, container):0} of {excluded.Mass(excluded.Page.Root):0}"));
        var total = excluded.Mass(excluded.Page.Root);
        var chosen = candidates.FirstOrDefault(c => Mass(excluded, c.Container!) >= c.Share * widest && Mass(excluded, c.Container!) >= 0.2 * total).Container
            ?? new Container(Descend(excluded, excluded.Page.Root, excluded.Mass), "most of the page's prose");
        if (chosen.Parts.Count == 1 && chosen.Reason is "article element" or "main element")
            chosen = chosen with { Parts = Descend(excluded, chosen.Parts[0], excluded.Chars) };
        explanation?.Add(string.Create(CultureInfo.InvariantCulture, $"body container {chosen.Parts[0]} ×{chosen.Parts.Count}: {chosen.Reason}"));
        return chosen;
    }

    private static double Mass(ExcludedRegions excluded, Container container) => container.Parts.Sum(excluded.Mass);

    private static Container? Claimed(ExcludedRegions excluded, Hint hint, string reason)
    {
        var claims = excluded.Page.Regions
            .Where(
                region => (region.Hint & hint) != Hint.None && Tags.RoleOf(region.Tag) is TagRole.Block or TagRole.Cell
                    && excluded.OutHint(region) == Hint.None && !IsWholePage(region, hint))
            .ToList();
        var regions = Outermost(claims);
        if (regions.Count == 0) return null;
        var outer = regions.MaxBy(excluded.Mass)!;
        if (excluded.Mass(outer) <= 0) return null;
        var parts = hint is Hint.Article or Hint.Main ? [outer] : BodyParts.Of(excluded, outer, regions, hint);
        return new Container(parts.Count > 1 ? parts : [Innermost(excluded, outer, claims)], reason);
    }

    // What the body element is called is said of the page: article-body there means a page that has one.
    private static bool IsWholePage(Region region, Hint hint) => region.Parent is null && hint == Hint.BodyName;

    private static List<Region> Outermost(IEnumerable<Region> regions)
    {
        var kept = new List<Region>();
        foreach (var region in regions)
        {
            if (kept.Count == 0 || !region.IsWithin(kept[^1])) kept.Add(region);
        }

        return kept;
    }

    // Of nested claims the innermost with nearly all the text is the closest; the outer ones add headers and footers.
    private static Region Innermost(ExcludedRegions excluded, Region outer, List<Region> claims)
    {
        var mass = excluded.Mass(outer);
        return claims.FindLast(region => excluded.Mass(region) >= NearlyAll * mass && region.IsWithin(outer)) ?? outer;
    }

    // The child with most of the text, over and over; what stands beside one of them in an element of the same make comes along.
    private static List<Region> Descend(ExcludedRegions excluded, Region from, Func<Region, double> weigh)
    {
        var beside = new List<Region>();
        while (true)
        {
            var weight = weigh(from);
            var next = from.Children.Find(
                child => weigh(child) >= MainChild * weight && Tags.RoleOf(child.Tag) is TagRole.Block or TagRole.Row or TagRole.Cell);
            if (next is null || weight <= 0) break;
            beside.AddRange(BodyParts.Beside(excluded, next));
            from = next;
        }

        return [.. beside.Append(from).OrderBy(static region => region.First)];
    }
}
