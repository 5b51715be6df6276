using AngleSharp.Dom;

namespace Ingest.Pages.Body.Regions;

/// <summary>Reads an element's hints from its tag, role, itemprop, class and id.</summary>
internal sealed class Hints
{
    private readonly Dictionary<string, Hint> _known = new(StringComparer.Ordinal);

    public Hint Of(IElement element, string name)
    {
        var hint = OfTag(element.LocalName) | OfRole(element.GetAttribute("role")) | OfProperty(element) | OfVisibility(element);
        // The classes of the body element tell of the page, and the id of a heading repeats its words.
        if (element.LocalName == "body") return hint;
        if (IsHeading(element) || (element.ParentElement is { } parent && IsHeading(parent))) name = element.ClassName ?? "";
        if (name.Length == 0) return hint;
        if (!_known.TryGetValue(name, out var named)) _known[name] = named = OfName(name);
        return hint | named;
    }

    private static bool IsHeading(IElement element) => Tags.RoleOf(element.LocalName) is TagRole.Heading;

    private static Hint OfTag(string tag) => tag switch
    {
        "nav" => Hint.Boilerplate,
        "footer" => Hint.Margin,
        "header" or "aside" or "form" or "address" => Hint.Doubtful,
        "dialog" => Hint.Hidden,
        "figcaption" or "caption" => Hint.Caption,
        "article" => Hint.Article,
        "main" => Hint.Main,
        _ => Hint.None,
    };

    private static Hint OfRole(string? role) => role switch
    {
        null => Hint.None,
        "navigation" or "search" or "menu" or "menubar" or "toolbar" or "dialog" or "alertdialog" or "tablist" => Hint.Boilerplate,
        "contentinfo" => Hint.Margin,
        "complementary" or "banner" => Hint.Doubtful,
        "article" => Hint.Article,
        "main" => Hint.Main,
        _ => Hint.None,
    };

    private static Hint OfProperty(IElement element)
    {
        var property = element.GetAttribute("itemprop") ?? element.GetAttribute("property");
        if (property is null) return Hint.None;
        return property.Contains("articleBody", StringComparison.OrdinalIgnoreCase) ? Hint.ArticleBody
            : property.Contains("caption", StringComparison.OrdinalIgnoreCase) ? Hint.Caption
            : property is "comment" ? Hint.Comments
            : property is "author" or "datePublished" or "dateModified" ? Hint.Byline
            : Hint.None;
    }

    private static Hint OfVisibility(IElement element)
    {
        if (element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") is "true") return Hint.Hidden;
        var style = element.GetAttribute("style");
        if (style is null) return Hint.None;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style.AsSpan(at + 7).TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase) ? Hint.Hidden : Hint.None;
    }

    /// <summary>The hints of a class and id string.</summary>
    public static Hint OfName(string name)
    {
        var hint = Hint.None;
        var names = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Tokens).Where(static tokens => tokens.Count > 0).ToList();
        var type = names.Select(TypeNamed).FirstOrDefault(static type => type.Length > 0) ?? "";
        foreach (var tokens in names)
        {
            if (tokens.Count > 1 && HintWords.ThemePrefixes.Contains(tokens[0]) && !IsBodyName(tokens))
            {
                // Utility classes hide too, as in "u-visually-hidden".
                hint |= (OfTokens(tokens) & Hint.Hidden) | (HintWords.Pairs.GetValueOrDefault((tokens[0], tokens[1])) & Hint.Margin);
                continue;
            }

            if (type.Length > 0 && (tokens is [var only] ? only == type : TypeNamed(tokens).Length > 0)) continue;
            var part = OfTokens(tokens);
            // A name that says both, as in article-share-content, is no body's.
            if ((part & (Hint.Out & ~Hint.Doubtful)) != Hint.None) part &= ~Hint.BodyName;
            hint |= part;
        }

        // A name that says body wins over doubts in the others, as in "content_body toc-title".
        return (hint & Hint.BodyName) != Hint.None ? hint & ~(Hint.Doubtful | Hint.Boilerplate) : hint;
    }

    // The type of a post, as in "type-commentary commentary" or "node--type-commentary", is what the article is and not what stands in the element.
    private static string TypeNamed(List<string> tokens) => tokens switch
    {
        ["type", var type] => type,
        ["node" or "post" or "entry" or "article" or "story", "type", var type, ..] => type,
        _ => "",
    };

    private static Hint OfTokens(List<string> tokens)
    {
        var hint = IsBodyName(tokens) ? Hint.BodyName : Hint.None;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i + 1 < tokens.Count && HintWords.Pairs.TryGetValue((tokens[i], tokens[i + 1]), out var pair)) hint |= pair;
            if (HintWords.Tokens.TryGetValue(tokens[i], out var single)) hint |= single;
            else if (tokens[i].Length > 7) hint |= HintWords.Stems.FirstOrDefault(stem => tokens[i].Contains(stem.Stem, StringComparison.Ordinal)).Hint;
        }

        return hint;
    }

    private static bool IsBodyName(List<string> tokens) =>
        (tokens.Count == 1 && HintWords.BodyNames.Contains(tokens[0]))
        || (tokens.Count is > 1 and <= 5 && HintWords.BodyNouns.Contains(tokens[^1]) && tokens.SkipLast(1).Any(HintWords.ArticleNouns.Contains));

    /// <summary>
    /// The words of a name, in lower case: they end at hyphens, digits and changes of case. Letters behind digits, as in "css-4ad05", are a number that a
    /// program made up.
    /// </summary>
    public static List<string> Tokens(string part)
    {
        var tokens = new List<string>(4);
        var (start, isMadeUp) = (0, false);
        for (var i = 0; i <= part.Length; i++)
        {
            var cut = i == part.Length || !char.IsLetter(part[i]) || (i > start && char.IsUpper(part[i]) && char.IsLower(part[i - 1]));
            if (!cut) continue;
            if (i > start && !isMadeUp) tokens.Add(part[start..i].ToLowerInvariant());
            start = i < part.Length && char.IsLetter(part[i]) ? i : i + 1;
            if (i < part.Length && !char.IsLetter(part[i])) isMadeUp = char.IsAsciiDigit(part[i]);
        }

        return tokens;
    }
}
