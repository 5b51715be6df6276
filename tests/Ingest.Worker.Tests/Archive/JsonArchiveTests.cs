using System.Text;
using CsCheck;
using Ingest.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Tests.Archive;

public sealed class JsonArchiveTests(PostgresFixture postgres)
{
    private static readonly DatedArticle Full = new()
    {
        Url = new Uri("https://example.org/ä?b=1"),
        PublishedOn = new DateOnly(2024, 2, 29),
        PublishedAt = new DateTimeOffset(2024, 2, 28, 22, 30, 15, 123, TimeSpan.Zero),
        ModifiedAt = new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero),
        DateSource = "json-ld",
        Title = "“Title” <b> 你好 👍",
        TitleSource = "opengraph",
        Headline = "Headline",
        Description = "Description",
        Body = "One.\n\nTwo.",
        BodySource = "html",
        Authors = ["A. Uthor", "B, Writer"],
        Language = "pt-BR",
        ImageUrl = "https://example.org/i.png",
        Categories = ["c1"],
        Enclosures = [new Enclosure("https://example.org/e.mp3", "audio/mpeg", 123), new Enclosure("https://example.org/f", null, null)],
        LiveBlog = true,
    };

    [Fact]
    public async Task Everything_that_is_known_of_an_article_comes_back()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.SaveAsync(Full, new DatedArticle { Url = new Uri("https://example.org/undated"), Title = "", Headline = "" });
        await archive.MarkAsync();
        var lines = await archive.ExportAsync(ArchiveFormat.JsonLines);
        lines.ShouldContain("“Title” <b> 你好");
        lines.ShouldContain("\"retracted_at\":\"2026-02-03T04:05:06.7+00:00\",\"retraction\":\"in the title\",\"gone_at\":null");
        const string rows = "select (to_jsonb(a) - 'id' - 'changed_xid')::text from ingest.articles a order by article_key";
        var before = await archive.QueryAsync(rows);

        await using var other = await ArchiveDatabase.CreateAsync(postgres);
        (await other.ImportAsync(other.Write("a.jsonl", lines))).Added.ShouldBe(2);
        (await other.QueryAsync(rows)).ShouldBe(before);
        (await other.ExportAsync(ArchiveFormat.JsonLines)).ShouldBe(lines);
    }

    [Fact]
    public async Task A_mark_without_its_moment_is_none_and_one_without_a_reason_is_the_archives()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.ImportAsync(archive.Write("a.jsonl", """
            {"url":"https://example.org/a","date":"2024-01-02","retraction":"nobody knows when","gone_at":"2024-01-03T00:00:00+01:00"}
            {"url":"https://example.org/b","date":"2024-01-02","retracted_at":"2024-01-03T00:00:00Z","retraction":" with\n care ","gone_reason":"410"}
            """));
        (await archive.QueryAsync(
            "select concat_ws('|', retracted_at at time zone 'utc', retraction, gone_at at time zone 'utc', gone_reason) from ingest.articles order by url"))
            .ShouldBe(["2024-01-02 23:00:00|archive", "2024-01-03 00:00:00|with care"]);
    }

    [Fact]
    public async Task Json_is_known_by_its_first_brace()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var tally = await archive.ImportAsync(archive.Write(
            "articles", "\uFEFF\n{\"url\":\"https://example.org/a\",\"published_at\":\"2024-01-02T00:30:00+02:00\",\"title\":\"T\"}\r\n\n"));
        (tally.Added, tally.Faults).ShouldBe((1, 0));
        (await archive.ExportAsync()).ShouldBe(" date 2024-01-02 https://example.org/a\n\nT\n\nT\n\n\n\n");
        (await archive.QueryAsync("select concat_ws(' ', date_source, title_source, body_source) from ingest.articles")).ShouldBe(["archive archive none"]);
    }

    [Theory]
    [InlineData("{", "no article in JSON")]
    [InlineData("[]", "no article in JSON")]
    [InlineData("null", "no article in JSON: null")]
    [InlineData("{\"url\":1}", "no article in JSON")]
    [InlineData("{\"url\":\"https://example.org/\\ud800\",\"date\":\"2024-01-01\"}", "url is not an absolute")]
    [InlineData("{}", "url is not an absolute")]
    [InlineData("{\"url\":\"/a\",\"date\":\"2024-01-01\"}", "url is not an absolute")]
    [InlineData("{\"url\":\"https://example.org/\"}", "neither date nor published_at")]
    [InlineData("{\"url\":\"https://example.org/\",\"date\":\"2024-02-30\"}", "date is not a YYYY-MM-DD that exists")]
    [InlineData("{\"url\":\"https://example.org/\",\"date\":\"2024-02-01T00:00:00Z\"}", "date is not a YYYY-MM-DD that exists")]
    public async Task A_faulty_line_is_located_and_costs_no_neighbour(string line, string reason)
    {
        const string good = "{\"url\":\"https://example.org/a\",\"date\":\"2024-01-02\",\"title\":\"T\"}\n";
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(good + line + "\n" + good));
        var readings = await ArchiveReader.ReadAsync(stream, ArchiveFormat.JsonLines, TestContext.Current.CancellationToken).ToListAsync();
        readings.Count.ShouldBe(3);
        readings[0].ShouldBeOfType<ArchiveReading.Record>();
        readings[2].ShouldBeOfType<ArchiveReading.Record>();
        var fault = readings[1].ShouldBeOfType<ArchiveReading.Fault>();
        fault.Line.ShouldBe(2);
        fault.Reason.ShouldContain(reason);
    }

    [Fact]
    public void Any_text_is_an_article_or_a_fault() =>
        Gen.OneOf(TextGen.Text, TextGen.Text.Select(
            static text => "{\"url\":\"https://example.org/\",\"date\":\"2024-01-01\",\"body\":\"" + text + "\"}")).Sample(text =>
        {
            // Lines are decoded UTF-8: they hold no lone surrogate.
            var (read, fault) = ArchivedArticle.Read(Encoding.UTF8.GetBytes(text));
            (read is null).ShouldBe(fault is not null);
            if (read is not null) read.Article.Body.ShouldBe(PlainText.Body(read.Article.Body));
        });
}
