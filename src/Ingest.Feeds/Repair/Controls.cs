using System.Buffers;

namespace Ingest.Feeds.Repair;

/// <summary>Characters that XML forbids.</summary>
internal static class Controls
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        Enumerable.Range(0, 32).Where(static c => c is not (9 or 10 or 13)).Select(static c => (char)c).Concat(['\uFFFE', '\uFFFF']).ToArray());

    public static string Strip(string text, LenientBuilder builder)
    {
        if (!text.AsSpan().ContainsAny(Forbidden)) return text;
        builder.Note("control characters left out");
        return string.Concat(text.Where(static c => !Forbidden.Contains(c)));
    }
}
