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

    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public NamesakeMass(PageText page)
    {
        foreach (var region in page.Regions)
        {
            if ((region.Hint & Hints) == Hint.None || region.Name.Length == 0) continue;
            var key = KeyOf(region);
            if (region.Parent is { Name.Length: > 0 } outer && KeyOf(outer) == key) continue;
            ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, key, out _);
            sum.Mass += page.Mass(region);
            sum.Chars += page.Chars(region);
            sum.Links += page.LinkedChars(region);
        }
    }

    /// <summary>0 where much of their text is links.</summary>
    public double Of(Region region) =>
        region.Name.Length > 0 && _sums.TryGetValue(KeyOf(region), out var sum) && sum.Links <= MostLinks * sum.Chars ? sum.Mass : 0;

    // Page builders number their elements: "widget widget-4f3a21" and "widget widget-90bc7" are namesakes.
    private (string Tag, string Name) KeyOf(Region region)
    {
        if (_keys.TryGetValue(region.Name, out var key)) return (region.Tag, key);
        key = region.Name.AsSpan().ContainsAnyInRange('0', '9')
            ? string.Join(' ', region.Name.Split(' ').Where(static word => !word.AsSpan().ContainsAnyInRange('0', '9')))
            : region.Name;
        return (region.Tag, _keys[region.Name] = key);
    }
}
