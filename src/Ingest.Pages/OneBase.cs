using System.Buffers;

namespace Ingest.Pages;

/// <summary>Leaves a page its first base element: only that one counts, and the parser looks through all of them with each that comes.</summary>
internal static class OneBase
{
    private const string Link = "<link";

    private static readonly SearchValues<string> Bases = SearchValues.Create(
        ["<base>", "<base/", "<base ", "<base\t", "<base\n", "<base\r", "<base\f"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The page with every other base made a link, which stands wherever a base may and says nothing without a relation.</summary>
    public static string Of(string html)
    {
        var first = html.AsSpan().IndexOfAny(Bases);
        if (first < 0 || !html.AsSpan(first + Link.Length).ContainsAny(Bases)) return html;
        return string.Create(html.Length, (html, from: first + Link.Length), static (page, source) =>
        {
            source.html.CopyTo(page);
            for (var rest = page[source.from..]; rest.IndexOfAny(Bases) is >= 0 and var at; rest = rest[(at + Link.Length)..]) Link.CopyTo(rest[at..]);
        });
    }
}
