namespace Ingest.Text.Languages;

/// <summary>A line of data: a key and its values.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Key">What stands before the first colon; empty when there is none.</param>
/// <param name="Values">What commas followed by a space separate, trimmed.</param>
internal sealed record DataLine(int Number, string Key, string[] Values);

/// <summary>Reads <c>key: value, value</c>. "#" begins a comment; a line that begins with a space continues the one before it.</summary>
internal static class DataLines
{
    public static List<DataLine> Read(string text)
    {
        var lines = new List<DataLine>();
        var (number, start, whole) = (0, 0, "");
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.TrimStart() is not { Length: > 0 } content || content[0] == '#') continue;
            if (line[0] is ' ' or '\t' && whole.Length > 0)
            {
                whole = $"{whole} {content.TrimEnd()}";
                continue;
            }

            if (whole.Length > 0) lines.Add(Cut(start, whole));
            (start, whole) = (number, line.TrimEnd());
        }

        if (whole.Length > 0) lines.Add(Cut(start, whole));
        return lines;
    }

    private static DataLine Cut(int number, string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return new DataLine(number, "", []);
        var values = line[(colon + 1)..].Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new DataLine(number, line[..colon].Trim(), values);
    }
}
