using AngleSharp.Dom;

namespace Ingest.Pages.Body.Regions.Names;

/// <summary>The attributes by which an element says what it is, read in one pass over them.</summary>
internal struct ElementNames
{
    public string Class { get; private set; }

    public string? Id { get; private set; }

    public string? Role { get; private set; }

    public string? ItemProp { get; private set; }

    public string? Property { get; private set; }

    public string? Style { get; private set; }

    public string? AriaHidden { get; private set; }

    public bool IsHidden { get; private set; }

    /// <summary>Class and id, of some length at most.</summary>
    public string All { get; private set; }

    public static ElementNames Of(IElement element, int longest)
    {
        var names = new ElementNames { Class = "" };
        var attributes = element.Attributes;
        for (var i = 0; i < attributes.Length; i++)
        {
            if (attributes[i] is { } attribute) names.Take(attribute.Name, attribute.Value);
        }

        var all = string.IsNullOrEmpty(names.Id) ? names.Class : names.Class.Length == 0 ? names.Id : $"{names.Class} {names.Id}";
        names.All = all.Length > longest ? all[..longest] : all;
        return names;
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "class":
                Class = value;
                break;
            case "id":
                Id = value;
                break;
            case "role":
                Role = value;
                break;
            case "itemprop":
                ItemProp = value;
                break;
            case "property":
                Property = value;
                break;
            case "style":
                Style = value;
                break;
            case "aria-hidden":
                AriaHidden = value;
                break;
            case "hidden":
                IsHidden = true;
                break;
        }
    }
}
