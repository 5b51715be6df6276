using System.Runtime.InteropServices;

namespace Ingest.Pages.Body.Regions;

/// <summary>
/// The prose of all elements of a page that have one name, wherever they stand: a paywall's <c>p.paywall</c>, or the cards of a page
/// builder, may be the article's paragraphs.
/// </summary>
internal sealed class NamesakeMass
{
    /// <summary>The hints that are doubted for it.</summary>
    public const Hint Hints = Hint.Boilerplate | Hint.Doubtful;

    private const double MostLinks = 0.25;

    private readonly Dictionary<(string Tag, string Name), (double Mass, double Chars, double Links)> _sums = [];

    public NamesakeMass(PageText page)
    {
        foreach (var region in page.Regions)
        {
            if ((region.Hint & Hints) == Hint.None || region.Name.Length == 0 || region.Parent is { Hint: var outer } && (outer & Hints) != Hint.None) continue;
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (region.Tag, region.Name), out _);
            sum.Mass += page.Mass(region);
            sum.Chars += page.Chars(region);
            sum.Links += page.LinkedChars(region);
        }
    }

    /// <summary>0 where much of their text is links.</summary>
    public double Of(Region region) =>
        _sums.TryGetValue((region.Tag, region.Name), out var sum) && sum.Links <= MostLinks * sum.Chars ? sum.Mass : 0;
}
