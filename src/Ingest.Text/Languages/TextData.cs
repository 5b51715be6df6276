using System.IO;

namespace Ingest.Text.Languages;

/// <summary>The maintained files that come with the program (folder <c>Data</c>).</summary>
internal static class TextData
{
    private const string LanguageFolder = "languages/";

    /// <summary>The file's text.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(TextData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly has no embedded {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The names of the languages' files, in order.</summary>
    public static IReadOnlyList<string> LanguageFiles() =>
        [.. typeof(TextData).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(LanguageFolder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The language that a file is of: "languages/de.txt" → "de".</summary>
    public static string TagOf(string file) => Path.GetFileNameWithoutExtension(file);
}
