using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.Pages;
using Ingest.Text.Limits;

namespace Ingest.Worker.Tests.Pages.Body;

/// <summary>Holds the body's quality on captured pages above a floor; skips where they are absent.</summary>
public sealed partial class CorpusFloorTests
{
    private const double BodyFloor = 0.975;
    private const double SegmentsFloor = 0.940;

    private static string Folder => Path.Combine(Repository.Root, "..", "shared", "corpus", "pages");

    [Fact]
    public void Bodies_agree_with_what_people_marked()
    {
        var (precision, recall) = (new List<double>(), new List<double>());
        foreach (var page in Cases("body"))
        {
            var (expected, found) = (Shingles(page.Expected.GetProperty("body").GetString()!), Shingles(page.Read()));
            var common = expected.Sum(pair => Math.Min(pair.Value, found.GetValueOrDefault(pair.Key)));
            var (right, all) = (expected.Values.Sum(), found.Values.Sum());
            if (all > 0) precision.Add((double)common / all);
            if (right > 0) recall.Add((double)common / right);
        }

        F1(precision.Average(), recall.Average()).ShouldBeGreaterThan(BodyFloor);
    }

    [Fact]
    public void Marked_segments_are_in_or_out_as_people_marked()
    {
        var (hit, missed, extra) = (0, 0, 0);
        foreach (var page in Cases("segments"))
        {
            var body = Fold(page.Read());
            var wanted = Texts(page.Expected, "with");
            var found = wanted.Count(text => body.Contains(text, StringComparison.Ordinal));
            (hit, missed) = (hit + found, missed + wanted.Count - found);
            extra += Texts(page.Expected, "without").Count(text => body.Contains(text, StringComparison.Ordinal));
        }

        F1((double)hit / (hit + extra), (double)hit / (hit + missed)).ShouldBeGreaterThan(SegmentsFloor);
    }

    private static List<Case> Cases(string task)
    {
        var manifest = Path.Combine(Folder, "manifest.jsonl");
        if (!File.Exists(manifest)) Assert.Skip("The captured pages are not beside the repository.");
        return
        [
            .. File.ReadLines(manifest)
                .Select(static line => JsonDocument.Parse(line).RootElement)
                .Where(page => page.GetProperty("task").GetString() == task)

                // A floor, not the figure: half of them will do.
                .Where(static (_, i) => i % 2 == 0)
                .Select(static page => new Case(page)),
        ];
    }

    private static double F1(double precision, double recall) => 2 * precision * recall / (precision + recall);

    private static Dictionary<string, int> Shingles(string text)
    {
        const int Words = 4;
        var words = Word().Matches(text).Select(static match => match.Value).ToList();
        return Enumerable.Range(0, Math.Max(1, words.Count - Words + 1))
            .Select(at => string.Join(' ', words.Skip(at).Take(Words)))
            .Where(static shingle => shingle.Length > 0)
            .GroupBy(static shingle => shingle, StringComparer.Ordinal).ToDictionary(
                static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
    }

    private static List<string> Texts(JsonElement expected, string name) =>
        [.. expected.GetProperty(name).EnumerateArray().Select(static text => Fold(text.GetString()!))];

    private static string Fold(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();

    private sealed record Case(JsonElement Page)
    {
        public JsonElement Expected => Page.GetProperty("expected");

        public string Read()
        {
            using var gzip = new GZipStream(File.OpenRead(Path.Combine(Folder, Page.GetProperty("html").GetString()!)), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            gzip.CopyTo(bytes);
            return PageReader.Read(bytes.ToArray(), null, new Uri(Page.GetProperty("url").GetString()!), ReadingLimit.None).Body?.Text ?? "";
        }
    }
}
