using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

/// <summary>Feeds of our own making beside everything that is read of them. INGEST_WRITE_GOLDEN=1 rewrites the expectations, to be looked through.</summary>
public class GoldenFeedTests
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter() },
    };

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Golden");

    public static TheoryData<string> Files() => new(
        Directory.GetFiles(Folder)
            .Select(static f => Path.GetFileName(f)!)
            .Where(static f => !f.EndsWith(".expected.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_read_as_expected(string file)
    {
        var reading = FeedReader.Read(File.ReadAllBytes(Path.Combine(Folder, file)), null, new Uri("https://example.org/feeds/feed"), ReadingLimit.None);
        var got = JsonSerializer.Serialize(reading, reading.GetType(), Options).ReplaceLineEndings("\n");
        var expectation = Path.Combine(Folder, file + ".expected.json");
        if (Environment.GetEnvironmentVariable("INGEST_WRITE_GOLDEN") == "1") File.WriteAllText(expectation, got + "\n");
        got.ShouldBe(File.ReadAllText(expectation, System.Text.Encoding.UTF8).TrimEnd());
    }
}
