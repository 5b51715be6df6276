using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ingest.Worker.Fetching.Robots;

/// <summary>Path patterns of robots.txt: prefixes in which <c>*</c> stands for any run and a last <c>$</c> for the end (RFC 9309, section 2.2.3).</summary>
internal static class RobotsPattern
{
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~");

    /// <summary>Brings a pattern to the form of <see cref="NormalizePath"/>; only its wildcards stay bare.</summary>
    public static string NormalizePattern(ReadOnlySpan<char> pattern)
    {
        var anchored = pattern[^1] == '$';
        return Normalize(anchored ? pattern[..^1] : pattern, keepStars: true) + (anchored ? "$" : "");
    }

    /// <summary>Brings a path and query to one spelling: unreserved characters bare, all others as they are or as upper-case percent codes.</summary>
    public static string NormalizePath(ReadOnlySpan<char> path) => Normalize(path, keepStars: false);

    /// <summary>Whether a normalised pattern matches a normalised path, in one pass over the path.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> path)
    {
        var anchored = pattern is [.., '$'];
        if (anchored)
            pattern = pattern[..^1];
        var star = pattern.IndexOf('*');
        if (star < 0)
            return anchored ? path.SequenceEqual(pattern) : path.StartsWith(pattern);
        if (!path.StartsWith(pattern[..star]))
            return false;
        path = path[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            // The leftmost place is always the best: it leaves the most for what follows.
            var at = path.IndexOf(pattern[..star]);
            if (at < 0)
                return false;
            path = path[(at + star)..];
            pattern = pattern[(star + 1)..];
        }

        return anchored ? path.EndsWith(pattern) : path.IndexOf(pattern) >= 0;
    }

    private static string Normalize(ReadOnlySpan<char> text, bool keepStars)
    {
        var normal = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '%' && i + 2 < text.Length
                && byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                if (Unreserved.Contains((char)octet))
                    normal.Append((char)octet);
                else
                    AppendCode(normal, octet);
                i += 3;
                continue;
            }

            Rune.DecodeFromUtf16(text[i..], out var rune, out var length);
            i += length;
            if (rune.IsAscii && (rune.Value is not ('*' or '$') || (rune.Value == '*' && keepStars)))
                normal.Append((char)rune.Value);
            else
                AppendCodes(normal, utf8[..rune.EncodeToUtf8(utf8)]);
        }

        return normal.ToString();
    }

    private static void AppendCodes(StringBuilder normal, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
            AppendCode(normal, octet);
    }

    private static void AppendCode(StringBuilder normal, byte octet) => normal.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
}
