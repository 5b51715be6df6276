namespace Ingest.Feeds.Markup;

/// <summary>References like &amp;#146; mean windows-1252 characters, as every browser reads them, not the control characters of that code.</summary>
internal static class C1Controls
{
    // U+0080 to U+009F as windows-1252 has them; the five it leaves open stay.
    private const string Meant = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    public static string Repair(string text) =>
        !text.AsSpan().ContainsAnyInRange('\u0080', '\u009F') ? text
        : string.Create(text.Length, text, static (repaired, source) =>
        {
            for (var i = 0; i < source.Length; i++) repaired[i] = source[i] is >= '\u0080' and <= '\u009F' and var c ? Meant[c - '\u0080'] : source[i];
        });
}
