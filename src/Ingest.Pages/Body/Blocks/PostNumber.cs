using System.Globalization;
using Ingest.Pages.Body.Regions;

namespace Ingest.Pages.Body.Blocks;

/// <summary>
/// Tells posts apart that stand in one container, one below or inside the other. WordPress, and what is modelled on it, names the
/// element of a post by its number, <c>post-123</c> (https://developer.wordpress.org/reference/functions/post_class/).
/// </summary>
internal static class PostNumber
{
    private const string Prefix = "post-";

    /// <summary>The blocks that are not another post's than that of the first prose.</summary>
    public static IEnumerable<int> OfOne(ExcludedRegions excluded, IEnumerable<int> inside)
    {
        var blocks = excluded.Page.Blocks;
        var numbers = new Dictionary<Region, int>();
        var own = 0;
        foreach (var i in inside)
        {
            var number = Of(blocks[i].Region, numbers);
            if (own == 0 && blocks[i].Mass > 0) own = number;
            if (own == 0 || number == 0 || number == own) yield return i;
        }
    }

    // 0 where no element around has a number.
    private static int Of(Region region, Dictionary<Region, int> known)
    {
        if (known.TryGetValue(region, out var number)) return number;
        number = InName(region.Name);
        if (number == 0 && region.Parent is { } parent) number = Of(parent, known);
        return known[region] = number;
    }

    private static int InName(string name)
    {
        if (!name.Contains(Prefix, StringComparison.Ordinal)) return 0;
        foreach (var word in name.AsSpan().Split(' '))
        {
            var part = name.AsSpan(word);
            if (part.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(part[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
        }

        return 0;
    }
}
