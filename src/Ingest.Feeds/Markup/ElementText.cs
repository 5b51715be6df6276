using System.Text;
using System.Xml.Linq;
using Ingest.Feeds.Trees;

namespace Ingest.Feeds.Markup;

/// <summary>Reads the text and markup of elements, decoded once.</summary>
internal static class ElementText
{
    /// <summary>One line: the text trimmed; null when empty or past <see cref="FeedLimits.MaxLine"/>.</summary>
    public static string? Line(XElement element)
    {
        var text = C1Controls.Repair(element.Value);
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length is 0 or > FeedLimits.MaxLine ? null : trimmed.Length == text.Length ? text : trimmed.ToString();
    }

    /// <summary>The text, or the markup where the element holds elements; null when blank, cut at <see cref="FeedLimits.MaxText"/>.</summary>
    public static string? Text(XElement element)
    {
        var text = C1Controls.Repair(element.HasElements ? Markup(element) : element.Value);
        if (text.AsSpan().IsWhiteSpace()) return null;
        return text.Length <= FeedLimits.MaxText ? text : text[..FeedLimits.MaxText];
    }

    /// <summary>A title. Where the format has it for plain text, and it does not say otherwise, it is.</summary>
    public static string? Title(XElement element, bool isAtom) =>
        element.HasElements || SaysType(element) ? Construct(element, isAtom) : TitleMarkup.Of(Text(element), isAtom);

    /// <summary>The content of an Atom text construct (RFC 4287, section 3.1) or content element (4.1.3), of Atom 0.3 too; null when blank.</summary>
    /// <param name="element">The element.</param>
    /// <param name="isAtom">Whether Atom's rule holds that a text without a type is plain (section 3.1.1).</param>
    public static string? Construct(XElement element, bool isAtom)
    {
        if (element.HasElements) return Text(element);
        if (!SaysType(element)) return Text(element) is { } untyped ? isAtom ? PlainAsHtml.OfStatedPlain(untyped) : untyped : null;
        var type = element.Attribute("type")?.Value.Trim();
        if (IsBase64(element, type) && Base64Text.Read(element.Value) is { } decoded) return decoded;
        var text = Text(element);
        return text is not null && type is "text" or "text/plain" && element.Attribute("mode") is null && PlainAsHtml.LooksLikeMarkup(text)
            ? PlainAsHtml.Escape(text!)
            : text;
    }

    private static bool SaysType(XElement element) =>
        element.HasAttributes && (!string.IsNullOrWhiteSpace(element.Attribute("type")?.Value) || element.Attribute("mode") is not null);

    // Atom 1.0 has any content that is neither text nor XML in base64; Atom 0.3 says so in its mode.
    private static bool IsBase64(XElement element, string? type)
    {
        if (element.Attribute("mode")?.Value is { } mode) return mode.AsSpan().Trim().Equals("base64", StringComparison.OrdinalIgnoreCase);
        return type is not null && type.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !type.EndsWith("xml", StringComparison.OrdinalIgnoreCase) && !type.EndsWith("html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The markup inside an element, without the wrapping div that Atom asks for.</summary>
    private static string Markup(XElement element)
    {
        var markup = new StringBuilder();
        var only = element.Elements().Take(2).ToList();
        var inner = only is [{ Name: { LocalName: "div", NamespaceName: FeedNamespaces.Xhtml } }]
            && !element.Nodes().OfType<XText>().Any(static t => !string.IsNullOrWhiteSpace(t.Value))
            ? only[0]
            : element;
        MarkupWriter.WriteContent(inner, markup, FeedLimits.MaxText);
        return markup.ToString();
    }
}
