using Ingest.Pages.Claims;
using Ingest.Text;
using Ingest.Text.Html;
using Ingest.Text.Limits;

namespace Ingest.Pages.Body;

/// <summary>
/// Holds the body that the page's structured data claims against what was read from its elements. Claims are often cut, glued or
/// older than the page, so they confirm or rescue and never lead.
/// </summary>
internal static class ClaimedBody
{
    private const int Longest = 200_000;
    private const int ShortestBlock = 20;
    private const int Probe = 30;

    /// <summary>The longest body claimed; null when none is, or when it is too long to be checked.</summary>
    public static PageClaim? Of(PageClaims claims) =>
        claims.Bodies.Where(static body => body.Text.Length <= Longest).MaxBy(static body => body.Text.Length) is not { } longest ? null
            : longest.Text.Contains('<', StringComparison.Ordinal) ? longest with { Text = HtmlText.Body(longest.Text) } : longest;

    /// <summary>Whether a text has anything of the claimed body: three places of the claim are looked up in it.</summary>
    public static bool IsConfirmed(string text, PageClaim claimed)
    {
        var (have, claim) = (ComparableText.Letters(text), ComparableText.Letters(claimed.Text));
        if (claim.Length < 2 * Probe) return true;
        return new[] { 0.1, 0.5, 0.85 }.Any(
            place => have.AsSpan().Contains(claim.AsSpan((int)(place * (claim.Length - Probe)), Probe), StringComparison.Ordinal));
    }

    /// <summary>Whether the claim has anything of a text: the middle of its longest paragraphs is looked up in it.</summary>
    public static bool HasAnyOf(string text, PageClaim claimed)
    {
        const int Paragraphs = 6;
        var claim = ComparableText.Letters(claimed.Text);
        return text.Split("\n\n").OrderByDescending(static paragraph => paragraph.Length).Take(Paragraphs).Select(ComparableText.Letters)
            .Any(letters => letters.Length >= Probe && claim.AsSpan().Contains(letters.AsSpan((letters.Length - Probe) / 2, Probe), StringComparison.Ordinal));
    }

    /// <summary>The page's own blocks that make up the claimed body, in order, wherever they stand; empty when they are less than most of it.</summary>
    public static List<int> BlocksOf(PageText page, PageClaim claimed, ReadingLimit limit)
    {
        const double Most = 0.7;
        var claim = ComparableText.Letters(claimed.Text);
        var beginnings = Beginnings(claim);
        var found = new List<int>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var covered = 0;
        for (var i = 0; i < page.Blocks.Count && covered < claim.Length; i++)
        {
            var block = ComparableText.Letters(page.Blocks[i].Text);
            if (block.Length < ShortestBlock || block.Length > claim.Length
                || !beginnings.Contains(string.GetHashCode(block.AsSpan(0, ShortestBlock), StringComparison.Ordinal)))
                continue;
            limit.Check(claim.Length);
            if (!claim.Contains(block, StringComparison.Ordinal) || !seen.Add(block)) continue;
            found.Add(i);
            covered += block.Length;
        }

        return covered >= Most * claim.Length ? found : [];
    }

    // Of every place in the claim: most blocks of a page begin nowhere in it, which spares looking for them.
    private static HashSet<int> Beginnings(string claim)
    {
        var hashes = new HashSet<int>();
        for (var at = 0; at + ShortestBlock <= claim.Length; at++) hashes.Add(string.GetHashCode(claim.AsSpan(at, ShortestBlock), StringComparison.Ordinal));
        return hashes;
    }
}
