using System.Text.Json;
using Ingest.Feeds;
using Ingest.Text.Limits;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Tests.Feeds.Scoring;

namespace Ingest.Worker.Tests.Feeds;

/// <summary>The development corpus beside the repository, where it is present: the count of wholly right files must not fall.</summary>
public class FeedCorpusTests
{
    // 2,229 feeds; what is not right is listed in the room's closing notes as policy or as a wrong expectation.
    private const double Floor = 0.996;

    [Fact]
    public void At_least_the_known_share_of_real_and_conformance_feeds_is_wholly_right()
    {
        var feeds = Path.Combine(Folder() ?? "", "feeds");
        if (!File.Exists(Path.Combine(feeds, "manifest.jsonl"))) Assert.Skip("no ../shared/corpus/feeds beside the repository");
        var wrong = new List<string>();
        var count = 0;
        foreach (var (line, input) in File.ReadLines(Path.Combine(feeds, "manifest.jsonl"))
            .Zip(FeedInput.OfManifest(new FileInfo(Path.Combine(feeds, "manifest.jsonl")))))
        {
            using var json = JsonDocument.Parse(line);
            var expected = json.RootElement.GetProperty("expected");
            if (expected.TryGetProperty("not_a_feed", out _)) continue;
            count++;
            var reading = FeedReader.Read(File.ReadAllBytes(input.Path), input.Charset, input.Url, ReadingLimit.None);
            if (!FeedScore.IsWhollyRight(expected, reading)) wrong.Add(input.Name);
        }

        count.ShouldBeGreaterThan(1000);
        ((count - wrong.Count) / (double)count).ShouldBeGreaterThanOrEqualTo(Floor, string.Join('\n', wrong));
    }

    private static string? Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var corpus = Path.Combine(folder.FullName, "shared", "corpus");
            if (Directory.Exists(corpus)) return corpus;
        }

        return null;
    }
}
