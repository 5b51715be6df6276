using System.Text;
using CsCheck;
using Ingest.Worker.Commands.SourceLists;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Commands;

public sealed class SettingsCutTests
{
    private static readonly string[] Gaps = ["", " ", "\n", "\n    ", " /* c, \" */ ", "// x, {\n"];

    [Theory]
    [InlineData("""{ "Ingest": { "Sources": { "a": { "Url": "x" }, "b": { "Url": "y" } } } }""", """{ "Ingest": { "Sources": { "b": { "Url": "y" } } } }""")]
    [InlineData("""{ "Ingest": { "Sources": { "b": { "Url": "y" }, "a": { "Url": "x" } } } }""", """{ "Ingest": { "Sources": { "b": { "Url": "y" } } } }""")]
    [InlineData("""{ "ingest": { "sources": { "A": { "Url": "}" } } } }""", """{ "ingest": { "sources": { } } }""")]
    [InlineData("""{"Ingest":{"Sources":{"a":{},"b":{}}}}""", """{"Ingest":{"Sources":{"b":{}}}}""")]
    [InlineData("""{ "Ingest": { "Sources": { "b": {}, /* of a */ "a": {}, } } }""", """{ "Ingest": { "Sources": { "b": {}, /* of a */ } } }""")]
    [InlineData(
        "{\n  \"Ingest\": {\n    \"Sources\": {\n      // mine\n      \"b\": { }, // b, not a\n      \"a\": {\n        \"Url\": \"x\"\n"
            + "      }\n    }\n  }\n}\n",
        "{\n  \"Ingest\": {\n    \"Sources\": {\n      // mine\n      \"b\": { } // b, not a\n    }\n  }\n}\n")]
    [InlineData(
        "\ufeff{\r\n  \"Ingest\": {\r\n    \"Sources\": {\r\n      \"a\": { },\r\n      \"b\": { }\r\n    }\r\n  }\r\n}\r\n",
        "\ufeff{\r\n  \"Ingest\": {\r\n    \"Sources\": {\r\n      \"b\": { }\r\n    }\r\n  }\r\n}\r\n")]
    public void A_source_goes_with_its_comma_and_its_line_and_everything_else_stays(string before, string after) =>
        Encoding.UTF8.GetString(SettingsCut.Without(Encoding.UTF8.GetBytes(before), "a").ShouldNotBeNull()).ShouldBe(after);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "a": 1, "Ingest": { "a": {}, "Sources": { "b": { "a": 1 } } } }""")]
    [InlineData("""{ "Ingest:Sources:a:Url": "x", "Sources": { "a": {} } }""")]
    public void What_is_no_member_of_the_sources_is_left(string settings) => SettingsCut.Without(Encoding.UTF8.GetBytes(settings), "a").ShouldBeNull();

    [Fact]
    public void Whatever_is_taken_out_of_whatever_list_the_others_stay() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5].Select(static n => Gaps[n]), Gen.Bool).Sample(static (taken, gap, hasTrailing) =>
        {
            var members = Enumerable.Range(0, 6).Select(n => $"{gap}\"n{n}\"{Blank(gap)}:{gap}{{ \"Url\": \"u{n},\" }}{gap}");
            var text = $"{{ \"Ingest\": {{ \"Sources\": {{{string.Join(',', members)}{(hasTrailing ? "," : "")}{gap}}} }} }}";
            var after = SettingsCut.Without(Encoding.UTF8.GetBytes(text), $"N{taken}").ShouldNotBeNull();
            using var stream = new MemoryStream(after);
            new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("Ingest:Sources").GetChildren()
                .Select(static source => (source.Key, source["Url"]))
                .ShouldBe(Enumerable.Range(0, 6).Where(n => n != taken).Select(static n => ($"n{n}", (string?)$"u{n},")));
        });

    // Readers of JSON take no comment between a name and its colon.
    private static string Blank(string gap) => string.IsNullOrWhiteSpace(gap) ? gap : " ";
}
