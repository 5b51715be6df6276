using System.IO.Compression;
using System.Text.Json;
using Ingest.Pages;
using Ingest.Text.Limits;

namespace Ingest.Worker.Benchmarks.Duplicates;

/// <summary>The texts of the development pages: as judged by people where they were, else as our own reader finds them.</summary>
internal static class RealBodies
{
    /// <summary>Null when the development pages are not there.</summary>
    /// <param name="pages">The folder of the corpus.</param>
    public static IReadOnlyList<string>? Load(string pages)
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "corpus", pages);
        var manifest = Path.Combine(folder, "manifest.jsonl");
        if (!File.Exists(manifest)) return null;
        var judged = new Dictionary<string, string>();
        var read = new Dictionary<string, (string File, Uri Url)>();
        foreach (var line in File.ReadLines(manifest))
        {
            using var json = JsonDocument.Parse(line);
            var file = json.RootElement.GetProperty("html").GetString()!;
            read[file] = (Path.Combine(folder, file), new Uri(json.RootElement.GetProperty("url").GetString()!));
            if (json.RootElement.GetProperty("expected").TryGetProperty("body", out var body) && body.GetString() is { Length: > 0 } text) judged[file] = text;
        }

        var texts = read.AsParallel().AsOrdered()
            .Select(page => judged.GetValueOrDefault(page.Key) ?? Read(page.Value.File, page.Value.Url))
            .Where(static text => text.Length > 0).Distinct();
        return WithoutCopies([.. texts]);
    }

    // Some of the captured pages are one article on two sites: more than a third of their sentences are the same.
    private static List<string> WithoutCopies(IReadOnlyList<string> texts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<string>();
        foreach (var text in texts)
        {
            var sentences = text.Split((char[])['.', '!', '?', '\n'], StringSplitOptions.TrimEntries).Where(static sentence => sentence.Length >= 30).ToList();
            if (sentences.Count(seen.Contains) * 3 > sentences.Count) continue;
            seen.UnionWith(sentences);
            kept.Add(text);
        }

        return kept;
    }

    private static string Read(string file, Uri url)
    {
        using var gzip = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        var page = PageReader.Read(bytes.ToArray(), null, url, ReadingLimit.None);
        return page.Kind == PageKind.Article ? page.Body?.Text ?? "" : "";
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ingest.Worker.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository's root is not above the benchmark.");
    }
}
