using System.Text;

namespace Ingest.Worker.Fetching.Reservations;

/// <summary>
/// Finds the named meta elements at the beginning of a page without parsing it: comments, scripts and styles are skipped, the body's start ends the search.
/// Linear in the bytes looked at.
/// </summary>
internal static class MetaScanner
{
    private const int MaxBytes = 256 << 10;
    private const int MaxElements = 200;

    public static List<(string Name, string Content)> Read(ReadOnlySpan<byte> html)
    {
        var found = new List<(string, string)>();
        var rest = html.Length > MaxBytes ? html[..MaxBytes] : html;
        while (rest.IndexOf((byte)'<') is var at and >= 0 && found.Count < MaxElements)
        {
            rest = rest[(at + 1)..];
            if (rest.StartsWith("!--"u8))
                rest = Behind(rest, "-->"u8);
            else if (Starts(rest, "script"u8))
                rest = Behind(rest, "</script"u8);
            else if (Starts(rest, "style"u8))
                rest = Behind(rest, "</style"u8);
            else if (Starts(rest, "body"u8))
                break;
            else if (Starts(rest, "meta"u8))
                rest = ReadElement(rest[4..], found);
        }

        return found;
    }

    private static ReadOnlySpan<byte> ReadElement(ReadOnlySpan<byte> rest, List<(string Name, string Content)> found)
    {
        string? name = null, content = null;
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f/"u8);
            if (rest.IsEmpty || rest[0] == '>')
                break;
            var key = Take(ref rest, "= \t\r\n\f/>"u8);
            rest = rest.TrimStart(" \t\r\n\f"u8);
            var value = "";
            if (rest is [(byte)'=', ..])
            {
                rest = rest[1..].TrimStart(" \t\r\n\f"u8);
                value = TakeValue(ref rest);
            }
            else if (key.Length == 0)
            {
                rest = rest[1..];
            }

            if (key.Equals("name", StringComparison.OrdinalIgnoreCase))
                name ??= value.Trim();
            else if (key.Equals("content", StringComparison.OrdinalIgnoreCase))
                content ??= value;
        }

        if (name is not null && content is not null)
            found.Add((name, content));
        return rest;
    }

    private static string TakeValue(ref ReadOnlySpan<byte> rest)
    {
        if (rest is not [(byte)'"' or (byte)'\'', ..])
            return Take(ref rest, " \t\r\n\f>"u8);
        var quote = rest[..1];
        rest = rest[1..];
        var value = Take(ref rest, quote);
        rest = rest.IsEmpty ? rest : rest[1..];
        return value;
    }

    private static string Take(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> ends)
    {
        var length = rest.IndexOfAny(ends) is var at and >= 0 ? at : rest.Length;
        var taken = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return taken;
    }

    private static ReadOnlySpan<byte> Behind(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> end)
    {
        for (var from = rest; from.IndexOf(end[0]) is var at and >= 0; from = from[(at + 1)..])
        {
            if (Ascii.EqualsIgnoreCase(from.Slice(at, Math.Min(end.Length, from.Length - at)), end))
                return from[(at + end.Length)..];
        }

        return [];
    }

    private static bool Starts(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name) =>
        rest.Length > name.Length && Ascii.EqualsIgnoreCase(rest[..name.Length], name)
            && rest[name.Length] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f' or (byte)'/' or (byte)'>';
}
