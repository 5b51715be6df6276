using System.Buffers;

namespace Ingest.Pages.Body.Regions;

/// <summary>Tells the recipe of an article, which themes put into a card, from cards that lead to others.</summary>
internal sealed class RecipeCards
{
    private const int FewestIngredients = 3;

    private static readonly SearchValues<string> Ingredients = ClassNames.Parts("name-parts-ingredients");

    private readonly HashSet<Region> _around = [];

    /// <summary>Looks for the lists of ingredients on a page.</summary>
    public RecipeCards(PageText page)
    {
        foreach (var region in page.Regions)
        {
            if (region.End - region.First < FewestIngredients || !region.Name.AsSpan().ContainsAny(Ingredients)) continue;
            if (page.LinkedChars(region) * 2 > page.Chars(region)) continue;
            for (var at = region; at is not null && _around.Add(at); at = at.Parent)
            {
                // Up to where another list has been.
            }
        }
    }

    /// <summary>Whether a list of ingredients stands in the region.</summary>
    public bool Has(Region region) => _around.Contains(region);
}
