using AngleSharp.Dom;

namespace Ingest.Pages.Claims.Marks;

/// <summary>The attributes of an element that the walk looks at, read in one pass over them.</summary>
internal struct Attributes
{
    /// <summary>Class and id, separated by a space; empty when none.</summary>
    public string Names { get; private set; }

    public bool ItemScope { get; private set; }

    public string? ItemType { get; private set; }

    public string? ItemProp { get; private set; }

    public string? TypeOf { get; private set; }

    public string? Property { get; private set; }

    public string? Rel { get; private set; }

    public string? Href { get; private set; }

    public bool IsHidden { get; private set; }

    /// <summary>Is the text aligned to the right?</summary>
    public bool IsAtRight { get; private set; }

    /// <summary>Is there an attribute that may state a moment? <see cref="Moments"/> are their values.</summary>
    public bool StatesMoment { get; private set; }

    /// <summary>What the element's attributes may state as a moment, the most certain first.</summary>
    public static IEnumerable<string> Moments(IElement element) =>
        element.Attributes.Where(static attribute => IsMoment(attribute.LocalName, attribute.Value)).OrderBy(static attribute => attribute.LocalName switch
        {
            "datetime" => 0,
            "content" => 1,
            "title" => 3,
            _ => 2,
        }).Select(static attribute => attribute.Value);

    public static Attributes Of(IElement element)
    {
        var attributes = element.Attributes;
        var read = new Attributes { Names = "" };
        for (var i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] is { } attribute) read.Take(attribute.LocalName, attribute.Value);
        }

        return read;
    }

    // <abbr class="published" title="2024-03-05T10:30Z">, <span class="date" data-timestamp="1709634600">
    private static bool IsMoment(string name, string value) =>
        (name is "datetime" or "content" or "title"
            || (name.StartsWith("data-", StringComparison.Ordinal) && (name.Contains("date", StringComparison.Ordinal)
                || name.Contains("time", StringComparison.Ordinal) || name.Contains("publish", StringComparison.Ordinal))))
        && value.AsSpan().ContainsAnyInRange('0', '9');

    private void Take(string name, string value)
    {
        StatesMoment |= IsMoment(name, value);
        switch (name)
        {
            case "class" or "id":
                Names = Names.Length == 0 ? value : string.Concat(Names, " ", value);
                break;
            case "itemscope":
                ItemScope = true;
                break;
            case "itemtype":
                ItemType = value;
                break;
            case "itemprop":
                ItemProp = value;
                break;
            case "typeof":
                TypeOf = value;
                break;
            case "property":
                Property = value;
                break;
            case "href":
                Href = value;
                break;
            case "rel":
                Rel = value;
                break;
            case "hidden":
                IsHidden = true;
                break;
            case "align":
                IsAtRight |= value.Equals("right", StringComparison.OrdinalIgnoreCase);
                break;
            case "style":
                IsAtRight |= value.Contains("text-align", StringComparison.OrdinalIgnoreCase) && value.Contains("right", StringComparison.OrdinalIgnoreCase);
                IsHidden |= value.Contains("display", StringComparison.OrdinalIgnoreCase)
                    && value.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase);
                break;
        }
    }
}
