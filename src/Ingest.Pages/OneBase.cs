using System.Buffers;

namespace Ingest.Pages;

/// <summary>Leaves a page its first base element: only that one counts, and the parser looks through all of them with each that comes.</summary>
internal static class OneBase
{
    private const string Link = "<link";

    private static readonly SearchValues<string> Bases = SearchValues.Create(
        ["<base>", "<base/", "<base ", "<base\t", "<base\n", "<base\r", "<base\f"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes every other base a link, which stands wherever a base may and says nothing without a relation.</summary>
    public static void Leave(Span<char> html)
    {
        var first = html.IndexOfAny(Bases);
        if (first < 0) return;
        for (var rest = html[(first + Link.Length)..]; rest.IndexOfAny(Bases) is >= 0 and var at; rest = rest[(at + Link.Length)..]) Link.CopyTo(rest[at..]);
    }
}
