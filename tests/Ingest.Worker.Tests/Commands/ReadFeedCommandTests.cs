using System.CommandLine;
using System.Text.Json;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Tests.Commands;

public sealed class ReadFeedCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("read-feed").FullName;

    [Fact]
    public async Task Prints_a_line_per_input_in_order()
    {
        var (good, bad) = (
            Write("a.xml", "<rss><channel><item><title>Ä</title><guid>1</guid><pubDate>Fri, 05 Jan 2024 10:00:00 +0100</pubDate></item></channel></rss>"),
            Write("b.xml", "nothing"));
        var (code, output, error) = await RunAsync(good, bad);
        code.ShouldBe(0);
        error.ShouldContain("1 of 2 could not be read");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using var first = JsonDocument.Parse(lines[0]);
        first.RootElement.GetProperty("file").GetString().ShouldBe(good);
        var item = first.RootElement.GetProperty("items")[0];
        item.GetProperty("title").GetString().ShouldBe("Ä");
        item.GetProperty("published").GetString().ShouldBe("2024-01-05T10:00:00+01:00");
        using var second = JsonDocument.Parse(lines[1]);
        second.RootElement.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Fails_when_nothing_could_be_read() => (await RunAsync(Path.Combine(_folder, "missing.xml"))).Code.ShouldBe(1);

    [Fact]
    public async Task Without_inputs_it_is_a_slip_of_usage() => (await RunAsync()).Code.ShouldBe(2);

    [Fact]
    public async Task A_manifest_brings_headers_and_base_addresses()
    {
        Write("r.xml", "<rss><channel><item><link>x</link></item></channel></rss>");
        var manifest = Write(
            "m.jsonl",
            """{"file":"r.xml","headers":{"Content-Type":"text/xml; charset=utf-8","Content-Location":"/deep/feed"},"base_url":"https://b.example/"}""");
        var (code, output, _) = await RunAsync("--manifest", manifest);
        code.ShouldBe(0);
        output.ShouldContain("\"file\":\"r.xml\"");
        output.ShouldContain("https://b.example/deep/x");
    }

    [Fact]
    public async Task A_folder_gives_its_files_and_a_table_shows_them()
    {
        Write("one.xml", "<rss><channel><title>Feed</title><item><title>Head [line]</title></item></channel></rss>");
        var (code, output, _) = await RunAsync(_folder, "--format", "table");
        code.ShouldBe(0);
        output.ShouldContain("Head [line]");
    }

    [Fact]
    public async Task Urls_are_fetched()
    {
        var (code, output, _) = await RunAsync("https://c.example/rss");
        code.ShouldBe(0);
        output.ShouldContain("https://c.example/post");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        static Task<FetchResult> Fetch(FetchRequest request, CancellationToken ct) => Task.FromResult<FetchResult>(new FetchResult.Fetched
        {
            FinalUrl = request.Url, Status = 200, Attempts = 1, Duration = TimeSpan.Zero, Validators = new Validators(null, null), WireBytes = 1,
            Body = "<rss><channel><item><link>/post</link></item></channel></rss>"u8.ToArray(),
        });
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await ReadFeedCommand
            .Create(new Option<string?>("--config"), static _ => Fetch)
            .Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
