namespace Ingest.Text.Languages;

/// <summary>Reads the language tags that feeds and pages state into BCP 47's usual spelling.</summary>
internal static class LanguageTag
{
    /// <summary>"EN_us" → "en-US"; null for what is no tag, and for <c>und</c>, <c>zxx</c> and <c>mul</c>, which name no language.</summary>
    public static string? Read(string? stated)
    {
        if (string.IsNullOrWhiteSpace(stated)) return null;
        var first = stated.AsSpan().Trim();
        if (first.IndexOfAny(',', ';', ' ') is > 0 and var end) first = first[..end];
        if (first.Length > 35) return null;
        var parts = first.ToString().Replace('_', '-').Split('-', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0].Length is < 2 or > 3 || !parts[0].All(char.IsAsciiLetter)) return null;
        if (!parts.All(static part => part.Length <= 8 && part.All(char.IsAsciiLetterOrDigit))) return null;
        var primary = parts[0].ToLowerInvariant();
        return primary is "und" or "zxx" or "mul" ? null : string.Join('-', parts.Skip(1).Select(Subtag).Prepend(primary));
    }

    /// <summary>The language alone: "en-US" → "en"; null for no tag.</summary>
    public static string? Primary(string? tag) => Read(tag)?.Split('-')[0];

    private static string Subtag(string part) => part.Length switch
    {
        2 when char.IsAsciiLetter(part[0]) => part.ToUpperInvariant(),
        4 when char.IsAsciiLetter(part[0]) => char.ToUpperInvariant(part[0]) + part[1..].ToLowerInvariant(),
        _ => part.ToLowerInvariant(),
    };
}
