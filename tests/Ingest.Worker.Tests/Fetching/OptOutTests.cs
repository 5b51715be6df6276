using System.Text;
using CsCheck;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Answers;
using Ingest.Worker.Fetching.Reservations;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class OptOutTests
{
    private static readonly string[] Pieces =
    [
        "<meta ", "<script", "</script", "<!--", "-->", "name=robots", "content=noai", "\"", "'", ">", "=", "/", " ", "x",
    ];

    [Theory]
    [InlineData("noindex", "NoIndex")]
    [InlineData("noindex, NOARCHIVE", "NoIndex, NoArchive")]
    [InlineData("none", "NoIndex")]
    [InlineData("googlebot: noindex", "None")]
    [InlineData("googlebot: noindex, nosnippet", "None")]
    [InlineData("otherbot: noindex, ingest.worker: noarchive, nosnippet", "NoArchive, NoSnippet")]
    [InlineData("unavailable_after: 25 Jun 2010 15:00:00 PST, noai", "NoAi")]
    [InlineData("max-snippet: -1, noarchive", "NoArchive")]
    [InlineData("index, follow", "None")]
    [InlineData("", "None")]
    public void X_robots_tag_is_read_as_far_as_it_addresses_us(string field, string expected) =>
        OptOutReader.Read(Head(("X-Robots-Tag", field)), [], "Ingest.Worker").OptOuts.ToString().ShouldBe(expected);

    [Theory]
    [InlineData("<meta name=robots content=noarchive>", "NoArchive")]
    [InlineData("<META CONTENT='noindex,noarchive' NAME=\"ROBOTS\"/>", "NoIndex, NoArchive")]
    [InlineData("<meta name=\"ingest.worker\" content=\"nosnippet\">", "NoSnippet")]
    [InlineData("<meta name=\"googlebot\" content=\"noindex\">", "None")]
    [InlineData("<meta name=\"tdm-reservation\" content=\"1\">", "TdmReserved")]
    [InlineData("<meta name=\"tdm-reservation\" content=\"0\">", "None")]
    [InlineData("<!-- <meta name=robots content=noarchive> -->", "None")]
    [InlineData("<script>'<meta name=robots content=noarchive>'</script>", "None")]
    [InlineData("<body><meta name=robots content=noarchive>", "None")]
    [InlineData("<title>a > b</title><link rel=x><meta charset=utf-8><meta name=robots content=\"a>b, noai\">", "NoAi")]
    [InlineData("<meta name=robots content=\"noindex", "NoIndex")]
    [InlineData("<meta name=robots content", "None")]
    [InlineData("<meta = = name=robots \"' content=noai>", "NoAi")]
    public void Meta_elements_are_read(string html, string expected) =>
        OptOutReader.Read(Head(), Encoding.UTF8.GetBytes(html), "Ingest.Worker").OptOuts.ToString().ShouldBe(expected);

    [Fact]
    public void Any_bytes_are_scanned() =>
        Gen.Select(Gen.Int[0, 13].Select(i => Pieces[i]), Gen.Int[1, 3]).Array[0, 60]
            .Sample(
                parts =>
                    MetaScanner.Read(Encoding.UTF8.GetBytes(
                        string.Concat(parts.Select(p => string.Concat(Enumerable.Repeat(p.Item1, p.Item2)))))).Count <= 200);

    [Fact]
    public async Task Opt_outs_are_recorded_and_end_a_fetch_by_setting()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var recording = new Door();
        await using var respecting = new Door(new() { ["RespectedOptOuts"] = "NoArchive, TdmReserved" });
        origin.Serve("/a", Reply.Page("<p>").Header("tdm-reservation", "1").Header("tdm-policy", "https://example.org/policy.json").Header(
            "X-Robots-Tag", "noindex"));

        var fetched = await recording.FetchWholeAsync(origin.Url("/a"), FetchKind.Page);
        var failed = await respecting.FailAsync(origin.Url("/a"), FetchKind.Page);

        fetched.OptOuts.ShouldBe(OptOuts.NoIndex | OptOuts.TdmReserved);
        fetched.TdmPolicy.ShouldBe("https://example.org/policy.json");
        failed.Cause.ShouldBe(FailureCause.OptedOut);
        failed.Reason.ShouldContain("TdmReserved");
    }

    private static AnswerHead Head(params (string Name, string Value)[] fields) => new(200, fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    [Theory]
    [InlineData("""[{"location":"/a/*.html","tdm-reservation":1,"tdm-policy":"p"}]""", "/a/b.html", true)]
    [InlineData("""[{"location":"/a/*.html$","tdm-reservation":1}]""", "/a/b.html?x", false)]
    [InlineData("""[{"location":"/a/free","tdm-reservation":0},{"location":"/a","tdm-reservation":"1"}]""", "/a/free", false)]
    [InlineData("""[{"location":"/a/free","tdm-reservation":0},{"location":"/a","tdm-reservation":"1"}]""", "/a/other", true)]
    [InlineData("""[5,{"location":"","tdm-reservation":1},{"location":"/a"},null]""", "/a", false)]
    [InlineData("<html>not found</html>", "/a", false)]
    public async Task A_tdmrep_file_reserves_what_its_first_matching_rule_says(string file, string path, bool reserved)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        origin.Serve("/.well-known/tdmrep.json", Reply.Ok(file, "application/json")).ServeBelow("/a", static _ => Reply.Page("<p>text"));
        await using var door = new Door(new() { ["TdmFiles"] = "true" });

        var fetched = await door.FetchWholeAsync(origin.Url(path), FetchKind.Page);
        await door.FetchWholeAsync(origin.Url(path), FetchKind.Page);

        fetched.OptOuts.ShouldBe(reserved ? OptOuts.TdmReserved : OptOuts.None);
        origin.RequestsOf("/.well-known/tdmrep.json").Count.ShouldBe(1);
    }
}
