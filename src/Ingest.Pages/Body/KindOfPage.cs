using AngleSharp.Html.Dom;
using Ingest.Pages.Body.Blocks;
using Ingest.Pages.Body.Regions;
using Ingest.Pages.Claims;

namespace Ingest.Pages.Body;

/// <summary>Tells articles from the pages that stand where an article should.</summary>
internal static class KindOfPage
{
    // Walls and challenges are short; an article about cookies is not.
    private const int LongestChallenge = 1500;
    private const int LongestWall = 4000;
    private const int LittleText = 400;

    // A picture's or player's page has a caption at most; a short news item says more.
    private const int LongestCaption = 150;

    public static PageKind Of(IHtmlDocument document, ExcludedRegions excluded, PageClaims claims, string text)
    {
        var blocks = excluded.Page.Blocks;
        var chars = blocks.Sum(static block => block.Text.Length);
        var title = document.Title ?? "";
        if (chars < LongestChallenge && text.Length < LittleText && IsChallenge(document, title, blocks)) return PageKind.Challenge;
        if (text.Length < LongestWall && IsConsent(blocks, text, chars)) return PageKind.Consent;
        if (IsLiveBlog(excluded, claims)) return PageKind.LiveBlog;
        if (text.Length < LittleText && IsMedia(document, claims, text)) return PageKind.Media;
        if (IsIndex(excluded, claims)) return PageKind.Index;
        return text.Length == 0 ? PageKind.Empty : PageKind.Article;
    }

    private static bool IsChallenge(IHtmlDocument document, string title, IReadOnlyList<TextBlock> blocks) =>
        Phrases.Contains(title, Phrases.Challenges)
            || blocks.Any(static block => block.Text.Length < LittleText && Phrases.Contains(block.Text, Phrases.Challenges))
        || document.QuerySelector("iframe[src*=captcha i], [id*=challenge-form], [src*='challenge-platform']") is not null;

    // Several sentences of consent, and they are most of what there is to read.
    private static bool IsConsent(IReadOnlyList<TextBlock> blocks, string text, int chars)
    {
        if (chars > 2 * LongestWall) return false;
        var (hits, said) = (0, 0);
        foreach (var block in blocks)
        {
            if (!Phrases.Contains(block.Text, Phrases.Consent)) continue;
            hits++;
            said += block.Text.Length;
        }

        return hits >= 2 && said * 2 > text.Length
            && text.Split("\n\n").Where(static paragraph => paragraph.Length > 80).All(static paragraph => Phrases.Contains(paragraph, Phrases.Consent));
    }

    /// <summary>Whether the page is a live blog, by what it claims to be or by what its elements are called.</summary>
    public static bool IsLiveBlog(ExcludedRegions excluded, PageClaims claims)
    {
        const double MostOfText = 0.5;
        if (claims.Types.Any(static type => type.EndsWith("LiveBlogPosting", StringComparison.OrdinalIgnoreCase))) return true;
        var total = excluded.Mass(excluded.Page.Root);
        return total > 0
            && excluded.Page.Regions.Any(
                region => (region.Hint & Hint.LiveBlog) != Hint.None && region.Tag != "body" && excluded.Mass(region) >= MostOfText * total);
    }

    private static bool IsMedia(IHtmlDocument document, PageClaims claims, string text) =>
        claims.Types.Any(
            static type => type.StartsWith("video", StringComparison.OrdinalIgnoreCase) || MediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        || (
            text.Length < LongestCaption
                && document.QuerySelector(
                    "video, audio, iframe[src*=video i], iframe[src*=player i], iframe[src*=embed i], article img, main img, figure img") is not null);

    private static readonly string[] MediaTypes = ["VideoObject", "AudioObject", "ImageGallery", "MediaGallery", "PodcastEpisode", "ImageObject"];

    // Many teasers with linked headings, no headline of its own, no paragraph longer than a teaser's, and nowhere three together.
    private static bool IsIndex(ExcludedRegions excluded, PageClaims claims)
    {
        const int ManyTeasers = 8;
        const int Together = 3;
        const int WordsOfSectionName = 4;
        if (claims.Types.Any(
            static type => type.EndsWith("Article", StringComparison.OrdinalIgnoreCase) || type.EndsWith("Posting", StringComparison.OrdinalIgnoreCase)))
            return false;
        var blocks = excluded.Page.Blocks;
        if (blocks.Count(static block => block.Kind == BlockKind.Heading && block.LinkShare > 0.9) < ManyTeasers) return false;
        if (blocks.Any(static block => block is { Kind: BlockKind.Heading, Level: 1, LinkShare: < 0.5 } && block.Words > WordsOfSectionName)) return false;
        if (blocks.Any(static block => block.Mass >= LittleText)) return false;
        return !blocks.Where(static block => block.Mass > 0).GroupBy(static block => block.Region.Parent).Any(static group => group.Count() >= Together);
    }
}
