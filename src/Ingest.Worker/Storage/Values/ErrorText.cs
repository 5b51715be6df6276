using Ingest.Text.Secrets;

namespace Ingest.Worker.Storage.Values;

/// <summary>The one form in which reasons and errors are stored: whatever of them came from outside, people read it in terminals.</summary>
internal static class ErrorText
{
    private const int MaxLength = 2000;

    /// <summary>One harmless line of bounded length; null for null.</summary>
    public static string? Of(string? text)
    {
        if (text is null) return null;
        var line = SafeLine.Of(text.Length > 2 * MaxLength ? text[..(2 * MaxLength)] : text);
        return line.Length > MaxLength ? string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…") : line;
    }
}
