using Ingest.Text.Limits;

namespace Ingest.Feeds.Tests;

/// <summary>A short run of damage to our own golden feeds; the benchmarks' feeds-fuzz does millions over the corpus.</summary>
public class FeedFuzzTests
{
    private static readonly byte[][] Feeds = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden")).Order(StringComparer.Ordinal)
        .Where(static file => !file.EndsWith(".expected.json", StringComparison.Ordinal)).Select(File.ReadAllBytes).ToArray();

    private static readonly string[] Tokens =
    [
        "<", ">", "</", "]]>", "<![CDATA[", "<!--", "&", "&#x", "\"", "<item>", "</item>", "<!DOCTYPE a [", "\0", "{", "]", "xmlns:a=''", "a:b",
    ];

    [Fact]
    public void Damaged_feeds_never_throw()
    {
        var random = new Random(20240105);
        for (var i = 0; i < 3_000; i++)
        {
            var bytes = Feeds[random.Next(Feeds.Length)];
            for (var damages = random.Next(1, 6); damages > 0; damages--)
                bytes = Damage(bytes, random.Next(5), random.Next(bytes.Length + 1), (byte)random.Next(256));
            FeedReader.Read(bytes, null, new Uri("https://example.org/"), ReadingLimit.None).ShouldNotBeNull();
        }
    }

    private static byte[] Damage(byte[] bytes, int kind, int at, byte value) => kind switch
    {
        0 => bytes[..at],
        1 => [.. bytes[..at], value, .. bytes[at..]],
        2 => [.. bytes[..at], .. System.Text.Encoding.UTF8.GetBytes(Tokens[value % Tokens.Length]), .. bytes[at..]],
        3 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + value)..]],
        _ => [.. bytes, .. bytes[at..]],
    };
}
