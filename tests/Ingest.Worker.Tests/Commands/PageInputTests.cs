using System.IO.Compression;
using System.Text;
using Ingest.Pages;
using Ingest.Text.Limits;
using Ingest.Worker.Commands.Read;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Tests.Commands;

public sealed class PageInputTests : IDisposable
{
    private const string Html =
        "<title>River</title><article><h1>River</h1><p>The river rose by two metres overnight, and the council closed both bridges before dawn.</p></article>";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("page-input-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Manifest_names_files_relative_to_itself_plain_or_gzipped()
    {
        var path = Write(
            "m.jsonl", "{\"id\":\"a\",\"url\":\"https://example.org/a\",\"file\":\"a.html\"}\n\n{\"url\":\"https://example.org/b\",\"html\":\"b.html.gz\"}\n");
        Write("a.html", Html);
        using (var gzip = new GZipStream(File.Create(Path.Combine(_folder.FullName, "b.html.gz")), CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(Html));
        var inputs = PageInput.OfManifest(path).ToList();
        inputs.Select(static input => input.Id).ShouldBe(["a", "b.html.gz"]);
        foreach (var input in inputs) Encoding.UTF8.GetString((await input.ReadAsync(NoFetch, CancellationToken.None)).Bytes).ShouldBe(Html);
    }

    [Theory]
    [InlineData("{\"id\":\"a\"}")]
    [InlineData("{\"url\":7}")]
    [InlineData("no json")]
    public void Bad_line_of_a_manifest_is_named(string line)
    {
        var path = Write("m.jsonl", "{\"file\":\"x\"}\n" + line);
        Should.Throw<InvalidDataException>(() => PageInput.OfManifest(path).ToList()).Message.ShouldContain("m.jsonl:2");
    }

    [Fact]
    public async Task Url_is_fetched_and_its_failure_told()
    {
        var input = PageInput.Of("https://example.org/a", null);
        var page = await input.ReadAsync(
            static (request, _) => Task.FromResult<FetchResult>(
                new FetchResult.Fetched
                {
                    FinalUrl = new Uri(request.Url, "/b"), Status = 200, Attempts = 1, Duration = TimeSpan.Zero, Body = [1], Charset = "utf-8",
                    Validators = new Validators(null, null), WireBytes = 1,
                }),
            CancellationToken.None);
        (page.Url.AbsolutePath, page.Charset).ShouldBe(("/b", "utf-8"));
        var failure = await Should.ThrowAsync<IOException>(
            () =>
                input.ReadAsync(
                    static (request, _) => Task.FromResult<FetchResult>(
                        new FetchResult.Failed
                        {
                            FinalUrl = request.Url,
                            Status = 404,
                            Attempts = 1,
                            Duration = TimeSpan.Zero,
                            Kind = FailureKind.Permanent,
                            Reason = "not found",
                        }),
                    CancellationToken.None));
        failure.Message.ShouldBe("not found");
    }

    [Fact]
    public void Output_prints_the_record_or_why_there_is_none()
    {
        var url = new Uri("https://example.org/2024/03/05/river");
        var output = PageOutput.Of("a", url, PageReader.Read(Encoding.UTF8.GetBytes(Html), null, url, ReadingLimit.None), explain: false);
        output.ToJson().ShouldContain("\"kind\":\"article\"");
        output.Body.ShouldStartWith("The river rose");
        var empty = PageOutput.Of("b", url, PageReader.Read([], null, url, ReadingLimit.None), explain: false);
        empty.ToJson().ShouldContain("\"rejected\":\"the page has no running text\"");
        empty.ToDatedText().ShouldBeNull();
    }

    private static Task<FetchResult> NoFetch(FetchRequest request, CancellationToken ct) => throw new InvalidOperationException("Files are not fetched.");

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
