using System.Globalization;
using System.Text.RegularExpressions;

namespace Ingest.Worker.Tests.Architecture;

/// <summary>A source file as the rules see it: its room, and its code without comments and literals.</summary>
/// <param name="Path">From the project's folder: <c>Feeds/FeedReader.cs</c>.</param>
/// <param name="Text">The file as it is.</param>
internal sealed partial record SourceText(string Path, string Text)
{
    /// <summary>The folder at the top; empty for a file of the project's root.</summary>
    public string Room => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    /// <summary>Line by line as in <see cref="Text"/>, comments and literals blanked.</summary>
    public string Code { get; } = Blank(Text);

    /// <summary>Names of the types it declares, nested ones included.</summary>
    public IEnumerable<string> DeclaredTypes => Declaration().Matches(Code).Select(static match => match.Groups["name"].Value);

    public IEnumerable<(string Name, string Bases)> TypesWithBases =>
        Declaration().Matches(Code).Select(static match => (match.Groups["name"].Value, match.Groups["bases"].Value));

    public IEnumerable<string> Interfaces =>
        Declaration().Matches(Code).Where(static match => match.Groups["kind"].Value == "interface").Select(static match => match.Groups["name"].Value);

    /// <summary>What its using lines import: <c>Ingest.Feeds</c>, <c>System.IO</c>.</summary>
    public IEnumerable<string> Usings => Using().Matches(Code).Select(static match => match.Groups["name"].Value);

    /// <summary>The namespace that a file of this folder has.</summary>
    public string Namespace => string.Join('.', Path.Split('/')[..^1].Prepend(IsOfPackage ? "Ingest" : "Ingest.Worker"));

    /// <summary>Everything under <c>src</c>: the worker's files by their folders, those of a package by its name.</summary>
    public static IReadOnlyList<SourceText> LoadAll(string src) =>
    [
        .. from file in LoadFolder(src)
           let isOfPackage = !file.Path.StartsWith("Ingest.Worker/", StringComparison.Ordinal)
           select new SourceText(file.Path[(isOfPackage ? "Ingest." : "Ingest.Worker/").Length..], file.Text) { IsOfPackage = isOfPackage },
    ];

    /// <summary>Everything under a folder, by its path there.</summary>
    public static IReadOnlyList<SourceText> LoadFolder(string folder) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
           let path = System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/')
           where !path.Split('/').Any(static part => part is "bin" or "obj")
           orderby path
           select new SourceText(path, File.ReadAllText(file)),
    ];

    private bool IsOfPackage { get; init; }

    public int Lines => Text.AsSpan().Count('\n');

    /// <summary><c>Feeds/FeedReader.cs:12</c> for an index into <see cref="Code"/>.</summary>
    public string PlaceOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{Path}:{Text.AsSpan(0, index).Count('\n') + 1}");

    private static string Blank(string text) => Ignored().Replace(text, static match => NotLineBreak().Replace(match.Value, " "));

    // Raw strings before plain ones; a quote inside a hole of an interpolated string splits it in two, which blanks the hole's neighbours just as well.
    [GeneratedRegex("""
        //[^\n]* | /\*.*?\*/ | (?<quotes>"{3,}).*?\k<quotes> | \$?@\$?"([^"]|"")*" | "(\\.|[^"\\\n])*" | '(\\.[^']*|[^'\\\n])'
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Ignored();

    [GeneratedRegex("[^\n]", RegexOptions.NonBacktracking)]
    private static partial Regex NotLineBreak();

    [GeneratedRegex(
        @"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(?<name>[\w.]+)(<[^;\n]*>)?\s*;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Using();

    [GeneratedRegex(
        @"\b(?<kind>class|record\s+struct|record|struct|interface|"
            + @"enum)\s+(?<name>[A-Z]\w*)(<[^>{;]*>)?\s*(\((?<parameters>[^;{]*?)\))?\s*(:(?<bases>[^{;]*))?[\s]*[{;]",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Declaration();
}
