using System.Collections.Concurrent;
using AngleSharp.Dom;

namespace Ingest.Pages.Body.Regions.Names;

/// <summary>Reads an element's hints from its tag, role, itemprop, class and id.</summary>
internal sealed class Hints
{
    // Themes and libraries give the same names on all pages. Bounded, as a page may have any.
    private const int MostWords = 8_000;
    private const int LongestWord = 60;

    private static readonly ConcurrentDictionary<string, NameWord> Words = new(StringComparer.Ordinal);
    private static int _words;

    private readonly Dictionary<string, Hint> _known = new(StringComparer.Ordinal);

    public Hint Of(IElement element, ElementNames names)
    {
        var hint = OfTag(element.LocalName) | OfRole(names.Role) | OfProperty(names.ItemProp ?? names.Property) | OfVisibility(names);
        if (names.Role is "img" && IsMonogram(element)) hint |= Hint.Hidden;
        // The classes of the body element tell of the page, and the id of a heading repeats its words.
        if (element.LocalName == "body") return hint;
        var name = names.All;
        if (name.Length == 0) return hint;
        if (IsHeading(element) || (element.ParentElement is { } parent && IsHeading(parent))) name = names.Class;
        if (name.Length == 0) return hint;
        if (!_known.TryGetValue(name, out var named)) _known[name] = named = OfName(name);
        return hint | named;
    }

    // A letter that stands for the picture of whoever writes: <span role="img" aria-label="snowjack">S</span>. An emoji is a part of the text.
    private static bool IsMonogram(IElement element) =>
        element is { ChildNodes: { Length: 1 } only, NextSibling: not IText { Data: [>= 'a', ..] } } && only[0] is IText { Data: { Length: <= 8 } text }
            && text.Trim() is { Length: 1 or 2 } letters && letters.All(char.IsLetterOrDigit);

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

    private static Hint OfProperty(string? property)
    {
        if (property is null) return Hint.None;
        return property.Contains("articleBody", StringComparison.OrdinalIgnoreCase) ? Hint.ArticleBody
            : property.Contains("caption", StringComparison.OrdinalIgnoreCase) ? Hint.Caption
            : property is "comment" ? Hint.Comments
            : property is "author" or "datePublished" or "dateModified" ? Hint.Byline
            : Hint.None;
    }

    private static Hint OfVisibility(ElementNames names)
    {
        if (names.IsHidden || names.AriaHidden is "true") return Hint.Hidden;
        if (names.Style is not { } style) return Hint.None;
        var at = style.IndexOf("display", StringComparison.OrdinalIgnoreCase);
        return at >= 0 && style.AsSpan(at + 7).TrimStart(" :").StartsWith("none", StringComparison.OrdinalIgnoreCase) ? Hint.Hidden : Hint.None;
    }

    /// <summary>The hints of a class and id string.</summary>
    public static Hint OfName(string name)
    {
        var type = "";
        foreach (var range in name.AsSpan().Split(' '))
        {
            if (type.Length == 0 && !name.AsSpan(range).IsEmpty) type = WordOf(name.AsSpan(range)).Type;
        }

        var hint = Hint.None;
        foreach (var range in name.AsSpan().Split(' '))
        {
            if (name.AsSpan(range).IsEmpty) continue;
            var word = WordOf(name.AsSpan(range));
            if (type.Length == 0 || word.IsOfTheme || !word.Repeats(type)) hint |= word.Hint;
        }

        // A name that says body wins over doubts in the others, as in "content_body toc-title".
        return (hint & Hint.BodyName) != Hint.None ? hint & ~(Hint.Doubtful | Hint.Boilerplate) : hint;
    }

    private static NameWord WordOf(ReadOnlySpan<char> word)
    {
        if (Words.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var known)) return known;
        var text = word.ToString();
        var read = Read(Tokens(text));
        var isOften = text.Length <= LongestWord && !word.ContainsAnyInRange('0', '9');
        if (isOften && _words < MostWords && Words.TryAdd(text, read)) Interlocked.Increment(ref _words);
        return read;
    }

    private static NameWord Read(List<string> tokens)
    {
        if (tokens.Count == 0) return new NameWord(Hint.None, "", null, IsOfTheme: false);
        var only = tokens is [var single] ? single : null;
        // Utility classes hide too, as in "u-visually-hidden".
        if (tokens.Count > 1 && HintWords.ThemePrefixes.Contains(tokens[0]) && !IsBodyName(tokens))
            return new NameWord(
                (OfTokens(tokens) & Hint.Hidden) | (HintWords.Pairs.GetValueOrDefault((tokens[0], tokens[1])) & Hint.Margin), TypeNamed(tokens), only, true);
        var hint = OfTokens(tokens);
        // A name that says both, as in article-share-content, is no body's.
        if ((hint & (Hint.Out & ~Hint.Doubtful)) != Hint.None) hint &= ~Hint.BodyName;
        return new NameWord(hint, TypeNamed(tokens), only, IsOfTheme: false);
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
            else if (tokens[i].Length > 7 && tokens[i].AsSpan().ContainsAny(HintWords.AnyStem))
                hint |= HintWords.Stems.FirstOrDefault(stem => tokens[i].Contains(stem.Stem, StringComparison.Ordinal)).Hint;
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

/// <summary>What one word of an element's names says.</summary>
/// <param name="Hint">Its hints.</param>
/// <param name="Type">The type of post that it names, as in "type-commentary"; empty when it names none.</param>
/// <param name="Only">Its only token; null when it has several.</param>
/// <param name="IsOfTheme">Whether it tells of the theme or the page.</param>
internal sealed record NameWord(Hint Hint, string Type, string? Only, bool IsOfTheme)
{
    /// <summary>Whether it says no more than a type does.</summary>
    public bool Repeats(string type) => Only is not null ? Only == type : Type.Length > 0;
}
