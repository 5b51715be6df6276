namespace Ingest.Worker.Fetching.Answers;

/// <summary>Media type and charset of a Content-Type field, read leniently: parameters may be quoted, doubled or misplaced.</summary>
internal readonly record struct ContentType(string? MediaType, string? Charset)
{
    public static ContentType Read(string? field)
    {
        if (string.IsNullOrWhiteSpace(field))
            return default;
        var parts = field.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var mediaType = parts.FirstOrDefault(p => p.Contains('/', StringComparison.Ordinal) && !p.Contains('=', StringComparison.Ordinal));
        var charset = parts.Where(p => p.StartsWith("charset", StringComparison.OrdinalIgnoreCase))
            .Select(p => p.IndexOf('=', StringComparison.Ordinal) is var equals and > 0 ? p[(equals + 1)..].Trim(' ', '"', '\'') : "")
            .FirstOrDefault(c => c.Length > 0);
        return new(mediaType?.ToLowerInvariant(), charset);
    }

    public bool IsHtml => MediaType is "text/html" or "application/xhtml+xml";
}
