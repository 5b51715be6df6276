using AngleSharp.Dom;

namespace Ingest.Pages.Claims.Marks;

/// <summary>Reads what an element of microdata or RDFa says: its content attribute, the attribute that its kind of element has for it, or its text.</summary>
internal sealed class PropertyTexts
{
    // Bodies may stand in bodies, 256 deep, and each would be the whole page again; also one without text costs looking for it.
    private const int LeastOfBody = 20_000;

    private int _bodiesLeft = 2_000_000;

    /// <summary>The value of an element that has these properties.</summary>
    public string Of(IElement element, string properties)
    {
        if (element.GetAttribute("content") is { Length: > 0 } content) return content;
        if (_bodiesLeft > 0 && properties.Contains("articleBody", StringComparison.OrdinalIgnoreCase))
        {
            var body = ElementText.Body(element);
            _bodiesLeft -= LeastOfBody + body.Length;
            return body;
        }

        var attribute = element.LocalName switch
        {
            "a" or "area" when properties.Contains("url", StringComparison.OrdinalIgnoreCase) => "href",
            "img" or "audio" or "video" or "embed" or "source" => "src",
            "time" => "datetime",
            "data" or "meter" => "value",
            _ => "",
        };
        return attribute.Length > 0 && element.GetAttribute(attribute) is { Length: > 0 } value ? value : ElementText.Line(element);
    }
}
