using System.Globalization;
using System.Text;

namespace Ingest.Pages.Claims.Schema;

/// <summary>Strings of <see cref="LenientJson"/>, whose quotes may stand in them unescaped.</summary>
internal static class LenientText
{
    // Keeps many quotes before a run of spaces linear.
    private const int LongestLookAhead = 256;

    /// <summary>Characters before the closing quote: the first that is not escaped and is followed by what may follow a string.</summary>
    public static int Length(ReadOnlySpan<char> text, char quote, bool isKey)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\') at++;
            else if (text[at] == quote && MayFollow(text[(at + 1)..], isKey)) return at;
        }

        return text.Length;
    }

    public static string Unescaped(ReadOnlySpan<char> raw)
    {
        if (!raw.Contains('\\')) return raw.ToString();
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 == raw.Length)
            {
                text.Append(raw[at]);
                continue;
            }

            var escape = raw[++at];
            if (escape == 'u' && at + 4 < raw.Length
                && ushort.TryParse(raw.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                at += 4;
            }
            else
            {
                text.Append(escape switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' or 'f' => ' ', _ => escape });
            }
        }

        return text.ToString();
    }

    private static bool MayFollow(ReadOnlySpan<char> rest, bool isKey)
    {
        rest = rest[..Math.Min(rest.Length, LongestLookAhead)];
        var next = rest.TrimStart();
        if (next.IsEmpty || isKey) return next.IsEmpty || next[0] == ':';
        if (next[0] is '}' or ']') return true;
        // A missing comma: the next key stands on a line of its own.
        if (next[0] is '"' or '\'') return rest[..^next.Length].Contains('\n');
        if (next[0] == '/') return next.Length > 1 && next[1] is '/' or '*';
        if (next[0] != ',') return false;
        // A comma alone may go on a sentence (so-called "experts", he said): the string ends only where a key or a value can begin.
        next = next[1..].TrimStart();
        return next.IsEmpty || next[0] is '"' or '\'' or '{' or '[' or '}' or ']' or ',' or '/' or '@' or '-' || char.IsAsciiDigit(next[0])
            || StartsBareWord(next);
    }

    private static bool StartsBareWord(ReadOnlySpan<char> rest) =>
        rest.StartsWith("true", StringComparison.Ordinal) || rest.StartsWith("false", StringComparison.Ordinal)
            || rest.StartsWith("null", StringComparison.Ordinal);
}
