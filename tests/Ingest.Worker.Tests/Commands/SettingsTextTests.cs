using System.Text;
using Ingest.Worker.Commands.SourceLists;
using Ingest.Worker.Commands.SourceLists.Opml;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Commands;

public sealed class SettingsTextTests
{
    private static readonly IReadOnlyList<(string, OpmlFeed)> Added =
        [("a", new OpmlFeed("A", new Uri("https://example.com/a"), ["x", "\"y\""])), ("b", new OpmlFeed("B", new Uri("https://example.com/b"), []))];

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }\n")]
    [InlineData("// only a comment\n{ /* here */ }")]
    [InlineData("""{ "Logging": { "a": 1 } }""")]
    [InlineData("""{ "Ingest": {} }""")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "00:01:00", }, }, "Logging": {} }""")]
    [InlineData("""{ "ingest": { "sources": { } } }""")]
    [InlineData("""{ "Sources": 1, "Ingest": { "Sources": { "old": { "Url": "https://example.com/old", "Tags": ["Ingest"] } /* last */ }, "Pages": {} } }""")]
    [InlineData("\ufeff{ \"Ingest\": { \"Sources\": { \"old\": { \"Url\": \"https://example.com/}\" }, } } }")]
    public void Sources_are_added_and_everything_else_stays(string settings)
    {
        var before = Values(Encoding.UTF8.GetBytes(settings));
        var after = Values(SettingsText.Add(Encoding.UTF8.GetBytes(settings), Added));
        after.ShouldBe(
            before.Concat(
            [
                new("Ingest:Sources:a:Url", "https://example.com/a"), new("Ingest:Sources:a:Tags:0", "x"), new("Ingest:Sources:a:Tags:1", "\"y\""),
                new("Ingest:Sources:b:Url", "https://example.com/b"),
            ]),
            ignoreOrder: true);
    }

    [Fact]
    public void The_text_that_was_there_is_kept_to_the_letter()
    {
        const string settings = "{\n  // mine\n  \"Ingest\": {\n    \"Sources\": {\n      \"old\": { \"Url\": \"https://example.com/old\" }\n    }\n  }\n}\n";
        var after = Encoding.UTF8.GetString(SettingsText.Add(Encoding.UTF8.GetBytes(settings), Added));
        after.ShouldBe(settings.Replace(
            "/old\" }\n",
            "/old\" },\n      \"a\": { \"Url\": \"https://example.com/a\", \"Tags\": [\"x\", \"\\\"y\\\"\"] },\n      \"b\": { \"Url\": "
                + "\"https://example.com/b\" }\n",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{ "Ingest": 1 }""")]
    [InlineData("""{ "Ingest": { "Sources": [] } }""")]
    public void What_is_no_settings_file_is_refused(string settings) =>
        Should.Throw<InvalidDataException>(() => SettingsText.Add(Encoding.UTF8.GetBytes(settings), Added));

    private static List<KeyValuePair<string, string>> Values(byte[] settings)
    {
        using var stream = new MemoryStream(settings);
        var values = new ConfigurationBuilder().AddJsonStream(stream).Build().AsEnumerable();
        return
        [
            .. values
                .Where(static pair => pair.Value is { Length: > 0 })
                .Select(static pair => KeyValuePair.Create(pair.Key, pair.Value!))
                .Select(
                    static pair =>
                        pair.Key.StartsWith("ingest:sources", StringComparison.Ordinal)
                            ? KeyValuePair.Create("Ingest:Sources" + pair.Key["ingest:sources".Length..], pair.Value)
                            : pair),
        ];
    }
}
