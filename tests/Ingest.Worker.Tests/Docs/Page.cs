namespace Ingest.Worker.Tests.Docs;

/// <summary>
/// The pages that people read, and the parts of them that are generated: those between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- /name --&gt;</c>.
/// </summary>
internal static class Page
{
    /// <summary>Set to 1, the tests that hold a generated part write it instead; look at the difference before you commit it.</summary>
    public const string WriteVariable = "INGEST_WRITE_DOCS";

    public static bool IsWriting => Environment.GetEnvironmentVariable(WriteVariable) == "1";

    /// <summary>Every Markdown file of the repository that is read where it lies, by its path from the top.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(static path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Repository.Root, page));

    /// <summary>Holds a generated part of a page to what it should be.</summary>
    public static void Hold(string page, string part, string expected)
    {
        var (before, present, after) = Cut(page, part);
        if (IsWriting)
            File.WriteAllText(Path.Combine(Repository.Root, page), $"{before}\n{expected.Trim()}\n{after}");
        else
            present.Trim().ShouldBe(expected.Trim(), $"{page} is out of date: run this test with {WriteVariable}=1, then look at the difference.");
    }

    private static (string Before, string Part, string After) Cut(string page, string part)
    {
        var (text, start, end) = (Read(page), $"<!-- {part} -->", $"<!-- /{part} -->");
        var (from, to) = (text.IndexOf(start, StringComparison.Ordinal) + start.Length, text.IndexOf(end, StringComparison.Ordinal));
        from.ShouldBeInRange(start.Length, to, $"{page} has no {start} … {end}.");
        return (text[..from], text[from..to], text[to..]);
    }
}
