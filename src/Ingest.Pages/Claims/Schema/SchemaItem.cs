namespace Ingest.Pages.Claims.Schema;

/// <summary>One thing that the page describes in schema.org terms, whether it stood in JSON-LD, microdata or RDFa.</summary>
/// <param name="Origin"><c>json-ld</c> or <c>microdata</c> (RDFa counts as such: both are attributes of what the reader sees).</param>
internal sealed record SchemaItem(string Origin)
{
    private readonly Dictionary<string, List<SchemaValue>> _properties = new(StringComparer.OrdinalIgnoreCase);

    public string? Id { get; set; }

    /// <summary>Type names without their vocabulary: <c>NewsArticle</c>.</summary>
    public List<string> Types { get; } = [];

    public IReadOnlyDictionary<string, List<SchemaValue>> Properties => _properties;

    public void Add(string property, SchemaValue value)
    {
        if (_properties.TryGetValue(property, out var values)) values.Add(value);
        else _properties.Add(property, [value]);
    }

    public void AddType(string type)
    {
        var name = LocalName(type);
        if (name.Length > 0) Types.Add(name);
    }

    /// <summary>The values of the first of these properties that has any.</summary>
    public IReadOnlyList<SchemaValue> Values(params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (_properties.TryGetValue(property, out var values)) return values;
        }

        return [];
    }

    /// <summary>The first text of the first of these properties that has one; an item's <c>name</c>, <c>@value</c> or <c>url</c> stands for it.</summary>
    public string? Text(params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (!_properties.TryGetValue(property, out var values)) continue;
            foreach (var value in values)
            {
                if (value.AsText() is { } text && !string.IsNullOrWhiteSpace(text)) return text;
            }
        }

        return null;
    }

    /// <summary>"http://schema.org/NewsArticle", "schema:NewsArticle" and "NewsArticle" are one name.</summary>
    public static string LocalName(string name)
    {
        var start = name.LastIndexOfAny(['/', '#', ':']) + 1;
        return name[start..].Trim();
    }
}

/// <summary>A property's value: a text or an item.</summary>
internal readonly record struct SchemaValue(string? Text, SchemaItem? Item)
{
    public static SchemaValue Of(string text) => new(text, null);

    public static SchemaValue Of(SchemaItem item) => new(null, item);

    public string? AsText() => Text ?? Item?.Text("@value", "name", "url", "@id");
}
