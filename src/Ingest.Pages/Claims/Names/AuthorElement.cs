using System.Buffers;
using AngleSharp.Dom;
using Ingest.Pages.Claims.Marks;
using Ingest.Pages.Claims.People;

namespace Ingest.Pages.Claims.Names;

/// <summary>Reads elements that are named for an author.</summary>
internal static class AuthorElement
{
    private const int LongestByline = 150;
    private const int LevelsOfAVoice = 5;
    private const int LongestName = 1_000;
    private const int DeepestInEntry = 3;
    private const int MostInEntry = 8;
    private const int ShortestTitle = 20;
    private const int LongestLabel = 40;
    private const string QuotationMarks = "“„«»\"「『‘‚";

    // Whoever is quoted, praises or has taken the picture is called an author too.
    private static readonly HashSet<string> VoiceWords = [.. ClassNames.Words("names-voices").Concat(ClassNames.Words("names-caption"))];

    private static readonly char[] WordEnds = [' ', '-', '_'];

    private static readonly HashSet<string> Pictures = ["img", "image", "photo", "foto", "picture", "pic", "bild"];
    private static readonly SearchValues<string> PictureParts = SearchValues.Create([.. Pictures], StringComparison.OrdinalIgnoreCase);

    /// <summary>The elements named for an author, those nearest to the heading first; none of comments, teasers and forms.</summary>
    public static IEnumerable<ElementMark> Candidates(PageSignals signals, ElementMark? heading)
    {
        var outer = heading?.Surroundings ?? ElementContext.None;
        return signals.Authors.Where(
            mark => !(mark.Surroundings & ~outer).Any((ElementContext.Elsewhere | ElementContext.Voice) & ~(
                ElementContext.Footer | ElementContext.Hidden | (mark.Element.LocalName == "a" ? ElementContext.Navigation : ElementContext.None))))
            .Where(static mark => !IsOfPicture(mark.Names))
            .Where(static mark => mark.Element.LocalName is not ("input" or "article" or "body" or "form" or "label" or "img" or "textarea"))
            .Where(mark => mark.Element.LocalName != "a" || mark.Names.Length > 0 || AuthorOffers.IsNear(mark.Order, heading))
            .Where(static mark => mark.Element.LocalName == "a" || !mark.Surroundings.Any(ElementContext.Link))
            .OrderBy(mark => heading is null ? mark.Order : Math.Abs(mark.Order - heading.Order))
            .Where(mark => !IsOfAnother(mark.Element, heading?.Element)).Take(6);
    }

    /// <summary>The names in the element: its links to authors' pages, else what its text says.</summary>
    public static IReadOnlyList<string> Names(ElementMark mark)
    {
        var linked = mark.Element.GetElementsByTagName("a").Where(static link => AuthorLinks.IsPersons(link.GetAttribute("rel"), link.GetAttribute("href")))
            .Select(static link => ElementText.Line(link))
            .Where(static text => Byline.IsName(text) && !Byline.Begins(text + " ")).Distinct(StringComparer.OrdinalIgnoreCase).Take(8).ToList();
        var text = ElementText.Parts(mark.Element);
        if (linked.RemoveAll(name => IsTranslator(name, text)) > 0 && linked.Count == 0) return [];
        if (linked.Count > 0 && linked.TrueForAll(static name => Byline.IsPerson(name) || !name.Contains(' ', StringComparison.Ordinal))) return linked;
        return text.Length > LongestByline ? [] : Byline.Names(text);
    }

    /// <summary>The name, if the element holds one and nothing else.</summary>
    public static IReadOnlyList<string> OnlyPerson(ElementMark mark) =>
        ElementText.Line(mark.Element) is { Length: < LongestByline } text && Byline.Names(text) is [var name] && Byline.IsPerson(name)
            && !Byline.IsInstitution(name) && !Byline.HasRole(text) && text.Length <= name.Length + 2
            ? [name]
            : [];

    /// <summary>Does the element say "By"?</summary>
    public static bool IsAnnounced(ElementMark mark) => Byline.Begins(ElementText.Parts(mark.Element));

    // "img-author" is whoever took the picture; "author-img" is a picture of the author.
    private static bool IsOfPicture(string names)
    {
        if (!names.AsSpan().ContainsAny(PictureParts)) return false;
        foreach (var name in names.Split(' '))
        {
            var words = name.ToLowerInvariant().Split(WordEnds);
            var author = Array.FindIndex(words, static word => word.Contains("author", StringComparison.Ordinal));
            if (Array.FindIndex(words, Pictures.Contains) is >= 0 and var picture && author > picture) return true;
        }

        return false;
    }

    private static bool IsTranslator(string name, string text) =>
        text.IndexOf(name, StringComparison.Ordinal) is > 0 and var at && BylinePatterns.Translator.IsMatch(text[Math.Max(0, at - LongestLabel)..at]);

    private static bool IsOfAnother(IElement element, IElement? heading)
    {
        if (IsBehindQuotation(element) || IsOfListed(element, heading)) return true;
        var level = element.ParentElement;
        for (var i = 0; i < LevelsOfAVoice && level is not null && level.LocalName is not ("body" or "main" or "article"); i++, level = level.ParentElement)
        {
            if (heading is not null && level.Contains(heading)) return false;
            if (level.ClassName is { Length: > 0 and < LongestName } names
                && Array.Exists(names.ToLowerInvariant().Split(WordEnds), VoiceWords.Contains))
                return true;
        }

        return false;
    }

    // "<li><a>The title of another article</a> <span class=author>Jane Doe</span></li>"
    private static bool IsOfListed(IElement element, IElement? heading)
    {
        var level = element.ParentElement;
        for (var i = 0; i < DeepestInEntry && level is not null && level.LocalName is not ("body" or "main" or "article"); i++, level = level.ParentElement)
        {
            if (level.LocalName != "li") continue;
            return !(heading is not null && level.Contains(heading)) && level.Children.Take(MostInEntry).Any(
                child => child is { LocalName: "a" } link && !link.Contains(element) && ElementText.Line(link).Length >= ShortestTitle
                    && !AuthorLinks.IsPersons(link.GetAttribute("rel"), link.GetAttribute("href")));
        }

        return false;
    }

    private static bool IsBehindQuotation(IElement element) =>
        element.PreviousElementSibling is { } before
            && (before.LocalName is "blockquote" or "q"
                || (ElementText.Line(before) is { Length: > 0 } text && QuotationMarks.Contains(text[0], StringComparison.Ordinal)));
}
