using System.Text.Json;
using System.Xml;

namespace Ingest.Worker.Benchmarks;

/// <summary>The real captures of the development corpus, where it is present.</summary>
internal static class FeedCorpus
{
    /// <summary>The corpus folder: INGEST_CORPUS, or ../shared/corpus beside the repository.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("INGEST_CORPUS") ?? Find();

    /// <summary>Every capture that a strict XML reader and CodeHollow alone can read: what healthy means here.</summary>
    public static List<byte[]> HealthyCaptures() => Files("real").Where(IsHealthy).ToList();

    public static IEnumerable<byte[]> Files(string? kind)
    {
        var feeds = Path.Combine(Root, "feeds");
        foreach (var line in File.ReadLines(Path.Combine(feeds, "manifest.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            if (kind is null || json.RootElement.GetProperty("kind").GetString() == kind)
                yield return File.ReadAllBytes(Path.Combine(feeds, json.RootElement.GetProperty("file").GetString()!));
        }
    }

    private static bool IsHealthy(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
            while (reader.Read())
            {
            }

            return CodeHollow.FeedReader.FeedReader.ReadFromByteArray(bytes).Items.Count > 0;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var shared = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(shared)) return shared;
        }

        throw new DirectoryNotFoundException("No ../shared/corpus above the repository; set INGEST_CORPUS.");
    }
}
