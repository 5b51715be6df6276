using System.IO;

namespace Ingest.Identity.Sites;

/// <summary>The maintained lists that come with the program (folder <c>Data</c>): lines of text, "#" begins a comment.</summary>
internal static class IdentityData
{
    /// <summary>The lines that say something, trimmed, in lower case.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        using var stream = typeof(IdentityData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no embedded {name}.");
        using var reader = new StreamReader(stream);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } text && text[0] != '#') lines.Add(text.ToLowerInvariant());
        }

        return lines;
    }
}
