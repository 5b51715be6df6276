using System.IO.Compression;
using System.Text.Json;

namespace Ingest.Worker.Benchmarks;

/// <summary>The development pages, each with the URL that it came from.</summary>
internal static class PageCorpus
{
    /// <summary>Reads the pages one at a time, in the manifest's order.</summary>
    /// <exception cref="IOException">The corpus is not beside the repository.</exception>
    public static IEnumerable<(string Id, byte[] Bytes, Uri Url)> Read()
    {
        var folder = Path.Combine(RepositoryRoot(), "..", "shared", "corpus", "pages");
        return File.ReadLines(Path.Combine(folder, "manifest.jsonl")).Select(line => Load(folder, line));
    }

    private static (string Id, byte[] Bytes, Uri Url) Load(string folder, string line)
    {
        using var json = JsonDocument.Parse(line);
        using var gzip = new GZipStream(File.OpenRead(Path.Combine(folder, json.RootElement.GetProperty("html").GetString()!)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return (json.RootElement.GetProperty("id").GetString()!, bytes.ToArray(), new Uri(json.RootElement.GetProperty("url").GetString()!));
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
