using System.Globalization;
using Ingest.Feeds.Trees;
using Ingest.Text.Html;

namespace Ingest.Feeds.Media;

/// <summary>Finds the first picture of a text that belongs to it.</summary>
internal static class TextPictures
{
    // Narrower or lower than this is a line or a mark that counts readers.
    private const int Thin = 3;

    // Thirty pixels and a half is what a line of text is high.
    private const int Small = 32;

    private static readonly string[] Tags = ["img", "source", "amp-img", "image"];

    // Scripts that load pictures late keep the address aside, and a stand-in in its place.
    private static readonly string[] LateSources =
    [
        "data-src", "data-lazy-src", "data-original", "data-lazy", "data-orig-file", "data-large-file", "data-url", "data-full-url", "data-img-src",
        "data-hi-res-src",
    ];

    private static readonly string[] Sets = ["srcset", "data-srcset", "data-lazy-srcset"];

    /// <summary>Its address, absolute; null when there is none.</summary>
    /// <param name="html">The text.</param>
    /// <param name="pageOf">What relative addresses are relative to; asked only when there is a picture.</param>
    public static string? First(string? html, Func<Uri?> pageOf)
    {
        if (html is null) return null;
        var (at, page) = (0, default(Lazy<Uri?>));
        string? ofSource = null;
        while ((at = html.IndexOf('<', at)) >= 0)
        {
            at++;
            if (string.CompareOrdinal(html, at, "!--", 0, 3) == 0)
            {
                if ((at = html.IndexOf("-->", at, StringComparison.Ordinal)) < 0) break;
                continue;
            }

            if (NameAt(html, at) is not { } name) continue;
            (var attributes, at) = TagAttributes.At(html, at + name.Length, html.Length);
            var isSource = name == "source";
            if (isSource && attributes.Value("src") is not null) continue;
            if (Of(attributes, (page ??= new(pageOf)).Value) is not { } address) continue;
            if (!isSource) return address;
            ofSource ??= address;
        }

        return ofSource;
    }

    private static string? NameAt(string html, int at)
    {
        // Nearly every tag of a text is another.
        if (at >= html.Length || (html[at] | 0x20) is not ('i' or 's' or 'a')) return null;
        foreach (var tag in Tags)
        {
            if (string.Compare(html, at, tag, 0, tag.Length, StringComparison.OrdinalIgnoreCase) == 0
                && at + tag.Length < html.Length && (char.IsWhiteSpace(html[at + tag.Length]) || html[at + tag.Length] == '/'))
                return tag;
        }

        return null;
    }

    private static string? Of(TagAttributes attributes, Uri? page)
    {
        if (IsHidden(attributes) || EmojiPicture.TextOf(attributes) is not null) return null;
        if (Address(attributes.Value("src"), page) is { } source && !IsStandIn(attributes, source)) return source;
        foreach (var name in LateSources)
        {
            if (Address(attributes.Value(name), page) is { } late) return late;
        }

        foreach (var name in Sets)
        {
            if (Address(Largest(attributes.Value(name)), page) is { } largest) return largest;
        }

        return Address(attributes.Value("src"), page);
    }

    private static bool IsStandIn(TagAttributes attributes, string source) =>
        Array.Exists(LateSources, name => attributes.Value(name) is { } late && late != source && !late.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            && name is "data-src" or "data-lazy-src" or "data-original" or "data-lazy");

    private static string? Address(string? stated, Uri? page) =>
        stated is null || stated.Length > FeedLimits.MaxLine || stated.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            || stated.StartsWith("about:", StringComparison.OrdinalIgnoreCase) || stated.StartsWith('#') ? null
        : Addresses.Resolve(stated, page) is { } address && Addresses.IsWeb(address) && !Pictures.IsOrnament(address) ? address
        : null;

    private static bool IsHidden(TagAttributes attributes)
    {
        var (width, height) = (Size(attributes.Value("width")), Size(attributes.Value("height")));
        if (width <= Thin || height <= Thin) return true;
        var style = (attributes.Value("style") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (style.Contains("display:none", StringComparison.Ordinal) || style.Contains("visibility:hidden", StringComparison.Ordinal)) return true;
        return StyleSize(style, "width:") <= Thin || StyleSize(style, "height:") <= Thin
            || (width <= Small && height <= Small && attributes.Value("alt") is null);
    }

    private static int StyleSize(string style, string property)
    {
        var at = style.IndexOf(property, StringComparison.Ordinal);
        return at < 0 || (at > 0 && style[at - 1] == '-') ? int.MaxValue : Size(style[(at + property.Length)..]);
    }

    // "1", "1px"; a share of the page is none that counts here.
    private static int Size(string? stated)
    {
        if (stated is null) return int.MaxValue;
        var end = 0;
        while (end < stated.Length && end < 6 && char.IsAsciiDigit(stated[end])) end++;
        var unit = stated.AsSpan(end).TrimStart();
        return end == 0 || unit is not ([] or ['p' or 'P', 'x' or 'X', ..] or [';', ..] or ['!', ..]) ? int.MaxValue
            : int.Parse(stated.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    // "a.jpg 320w, b.jpg 640w": the widest, or the densest.
    private static string? Largest(string? set)
    {
        if (set is null || set.Length > FeedLimits.MaxLine) return null;
        string? largest = null;
        var size = -1.0;
        foreach (var candidate in set.Split([", ", ",\n", "\t"], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var space = candidate.LastIndexOf(' ');
            var address = space < 0 ? candidate : candidate[..space].TrimEnd();
            var stated = space < 0 ? 0 : double.TryParse(
                candidate.AsSpan(space + 1).TrimEnd(",wxh"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : 0;
            if (stated > size) (largest, size) = (address.TrimEnd(','), stated);
        }

        return largest;
    }
}
