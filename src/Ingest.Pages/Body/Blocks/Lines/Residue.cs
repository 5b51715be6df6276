using System.Buffers;
using Ingest.Pages.Body.Regions;
using Ingest.Pages.Body.Regions.Names;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>Tells what is left of a template and says nothing: rulers and buttons drawn with characters, codes that nothing has replaced, and messages
/// of the server's program.</summary>
internal static class Residue
{
    private static readonly SearchValues<char> Drawn = SearchValues.Create("._-–—*=~•·|/✕×›‹→←↑↓▼▲►◄ ");

    private static readonly string[] Severities =
        ["Warning", "Notice", "Deprecated", "Strict Standards", "Fatal error", "Parse error", "Recoverable fatal error", "Catchable fatal error"];

    /// <summary>Whether a block is such a line.</summary>
    public static bool Is(TextBlock block) =>
        block.Kind is BlockKind.Text or BlockKind.Paragraph && (IsRuler(block.Text) || IsShortcode(block.Text) || IsMessage(block.Text));

    // "Warning: Division by zero in /var/www/a.php on line 7": as PHP writes it into the page (https://www.php.net/manual/en/errorfunc.configuration.php).
    private static bool IsMessage(string text)
    {
        const string Line = " on line ";
        var at = text.LastIndexOf(Line, StringComparison.Ordinal);
        if (at < 0 || at + Line.Length == text.Length || text.AsSpan(at + Line.Length).ContainsAnyExceptInRange('0', '9')) return false;
        return Array.Exists(Severities, severity => text.StartsWith(severity, StringComparison.Ordinal) && text[severity.Length] == ':')
            && text.AsSpan(0, at).Contains(" in ", StringComparison.Ordinal);
    }

    // "___", "* * *", "|", "✕".
    private static bool IsRuler(string text) => !text.AsSpan().ContainsAnyExcept(Drawn);

    // "[/cta", "[button link="…"] Send us yours [/button]": WordPress shows a code that it does not know (https://codex.wordpress.org/Shortcode). What
    // stands in others may be the article's.
    private static bool IsShortcode(string text)
    {
        if (text[0] != '[') return false;
        var from = text.Length > 1 && text[1] == '/' ? 2 : 1;
        var end = from;
        while (end < text.Length && (char.IsAsciiLetterLower(text[end]) || text[end] is '_' or '-')) end++;
        if (end - from < 2) return false;
        if (from == 2) return end == text.Length || (text[end] == ']' && end + 1 == text.Length);
        if (end == text.Length || text[end] != ' ' || !text.AsSpan(end).ContainsAny("=")) return false;
        return text.IndexOf(']', StringComparison.Ordinal) == text.Length - 1 || (Hints.OfName(text[from..end]) & Hint.Out) != Hint.None;
    }
}
