using System.IO.Compression;
using System.Text;
using CsCheck;
using Ingest.Text.Dated;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Tests.Archive;

public sealed class DatedArchiveTests(PostgresFixture postgres)
{
    private const string First = " date 2023-07-26 https://example.org/a\n\nTitle\n\nHeadline\n\nDescription\n\nFirst.\n\nSecond.\n\n";
    private const string Iri = " date 2023-07-27 https://пример.рф/ä/e\u0301?q=ü\n\nZweitens\n\nZweitens\n\n\n\n你好，世界。\n\n";

    [Fact]
    public async Task What_was_imported_is_exported_to_the_byte()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var tally = await archive.ImportAsync(archive.Write("a.txt", First + Iri));
        (tally.Files, tally.Records, tally.Added, tally.Known, tally.Faults).ShouldBe((1, 2, 2, 0, 0));
        (await archive.ExportAsync()).ShouldBe(First + Iri);
    }

    [Fact]
    public async Task The_sample_is_exported_to_the_byte()
    {
        var sample = Path.Combine(Repository.Root, "../shared/samples/dated-article-sample.txt");
        if (!File.Exists(sample)) Assert.Skip("../shared holds no sample here.");
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.ImportAsync(sample);
        (await archive.ExportAsync()).ShouldBe(File.ReadAllText(sample));
    }

    [Fact]
    public async Task A_second_import_changes_nothing()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var file = archive.Write("a.txt", First + Iri);
        await archive.ImportAsync(file);
        const string rows = "select xmin::text || to_jsonb(a)::text from ingest.articles a order by id";
        var before = await archive.QueryAsync(rows);
        var again = await archive.ImportAsync(file);
        (again.Records, again.Added, again.Known).ShouldBe((2, 0, 2));
        (await archive.QueryAsync(rows)).ShouldBe(before);
    }

    [Fact]
    public async Task An_imported_article_says_that_an_archive_is_its_origin()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.ImportAsync(archive.Write("a.txt", First));
        (await archive.QueryAsync(
            "select concat_ws(' ', date_source, title_source, body_source, page_state, word_count, published_at is null, source_id is null) "
                + "from ingest.articles"))
            .ShouldBe(["archive archive archive none 2 t t"]);
    }

    [Fact]
    public async Task Of_two_records_of_one_article_the_first_counts()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var later = First.Replace("/a\n", "/a?utm_source=x\n", StringComparison.Ordinal).Replace("Title", "Other", StringComparison.Ordinal);
        var tally = await archive.ImportAsync(archive.Write("a.txt", First + later), archive.Write("b.txt", later));
        (tally.Records, tally.Added, tally.Known).ShouldBe((3, 1, 2));
        (await archive.ExportAsync()).ShouldBe(First);
    }

    [Fact]
    public async Task Folders_are_read_in_the_order_of_their_names_and_gzip_is_known_by_its_bytes()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        archive.Write("in/b/2.txt", First.Replace("Title", "Other", StringComparison.Ordinal));
        archive.Write("in/readme.md", "not an archive");
        Directory.CreateDirectory(archive.PathOf("in/a"));
        await using (var gzip = new GZipStream(File.Create(archive.PathOf("in/a/1.txt.gz")), CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(First));
        File.Copy(archive.PathOf("in/a/1.txt.gz"), archive.PathOf("in/a/3.txt"));
        var tally = await archive.ImportAsync(archive.PathOf("in"));
        (tally.Files, tally.Records, tally.Added, tally.Faults).ShouldBe((3, 3, 1, 0));
        (await archive.ExportAsync()).ShouldBe(First);
    }

    [Fact]
    public async Task Faults_are_located_and_neighbours_are_kept()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var file = archive.Write("a.txt", "stray\n" + First + " date 2023-02-30 https://example.org/x\n\nT\n\n" + Iri);
        var tally = await archive.ImportAsync(file, archive.PathOf("missing.txt"));
        (tally.Files, tally.Records, tally.Added, tally.Faults).ShouldBe((1, 2, 2, 3));
        archive.Faults.Select(fault => fault[..(fault.IndexOf(": ", StringComparison.Ordinal) + 1)])
            .ShouldBe([$"{file}:1:", $"{file}:14:", $"{archive.PathOf("missing.txt")}:"]);
        (await archive.ExportAsync()).ShouldBe(First + Iri);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_replaced_and_told()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(First),
            .. Encoding.UTF8.GetBytes(" date 2023-07-28 https://example.org/b\n\nCaf"),
            0xE9,
            .. "!\n\nH\n\n\n\n"u8,
        ];
        await File.WriteAllBytesAsync(archive.PathOf("a.txt"), bytes);
        var tally = await archive.ImportAsync(archive.PathOf("a.txt"));
        (tally.Added, tally.Faults).ShouldBe((2, 1));
        archive.Faults.ShouldBe([$"{archive.PathOf("a.txt")}:15: bytes that are not UTF-8 were replaced"]);
        (await archive.ExportAsync()).ShouldEndWith("Caf\uFFFD!\n\nH\n\n\n\n");
    }

    [Fact]
    public async Task Compressed_data_that_end_early_keep_what_was_whole()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        using var whole = new MemoryStream();
        var noise = string.Concat(Enumerable.Range(0, 20_000).Select(i => Convert.ToHexString(BitConverter.GetBytes(i * 2654435761L)) + " "));
        await using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(First + Iri.TrimEnd() + "\n\n" + noise));
        await File.WriteAllBytesAsync(archive.PathOf("a.txt.gz"), whole.ToArray()[..(int)(whole.Length / 2)]);
        var tally = await archive.ImportAsync(archive.PathOf("a.txt.gz"));
        (tally.Records, tally.Added, tally.Faults).ShouldBe((1, 1, 1));
        (await archive.ExportAsync()).ShouldBe(First);
    }

    [Fact]
    public async Task More_than_a_batch_is_imported_and_exported_in_order()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var records = Enumerable.Range(0, 2500).Select(
            i =>
                DatedArticleText.Write(new DatedText(
                    new DateOnly(2000, 1, 1).AddDays(i), FormattableString.Invariant($"https://example.org/{i}"), "T", "H", "", "B")));
        var text = string.Concat(records);
        (await archive.ImportAsync(archive.Write("a.txt", text))).Added.ShouldBe(2500);
        (await archive.ExportAsync()).ShouldBe(text);
    }

    [Fact]
    public async Task Any_article_is_written_by_the_view_as_by_the_writer()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var articles = new List<DatedText>();
        TextGen.Article.Sample(article => { lock (articles) articles.Add(article); }, iter: 400);
        articles = [.. articles.Select((article, i) => article with { Url = FormattableString.Invariant($"{article.Url}-{i}") })];
        var added = await archive.SaveAsync([.. articles.Select(static article => new DatedArticle
        {
            Url = new Uri(article.Url), PublishedOn = article.Day, Title = article.Title, Headline = article.Headline, Description = article.Description,
            Body = article.Body,
        })]);
        added.ShouldBeGreaterThan(300);
        var view = await archive.QueryAsync("select text from ingest.dated_articles order by published_on, id");
        string.Concat(view).ShouldBe(await archive.ExportAsync());
        view.ShouldBeSubsetOf(articles.Select(DatedArticleText.Write));
    }

    [Fact]
    public async Task Days_and_language_bound_an_export()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        await archive.SaveAsync([.. new[] { "en", "en-GB", "de", null }.Select((language, i) => new DatedArticle
        {
            Url = new Uri(FormattableString.Invariant($"https://example.org/{i}")), PublishedOn = new DateOnly(2024, 1, 1 + i), Title = $"T{i}", Headline = "",
            Language = language,
        })]);
        (await TitlesAsync(new ExportFilter(From: new DateOnly(2024, 1, 2), To: new DateOnly(2024, 1, 3)))).ShouldBe(["T1", "T2"]);
        (await TitlesAsync(new ExportFilter(Language: "en"))).ShouldBe(["T0", "T1"]);
        (await TitlesAsync(new ExportFilter(Source: "no-such"))).ShouldBeEmpty();
        (await new ArticleExport(archive.Door).HasSourceAsync("no-such", TestContext.Current.CancellationToken)).ShouldBeFalse();

        async Task<IEnumerable<string>> TitlesAsync(ExportFilter filter) =>
            TextGen.Read(await archive.ExportAsync(filter: filter)).OfType<DatedTextReading.Record>().Select(record => record.Article.Title);
    }

    [Fact]
    public async Task A_cancelled_import_keeps_its_committed_batches()
    {
        await using var archive = await ArchiveDatabase.CreateAsync(postgres);
        var text = string.Concat(Enumerable.Range(0, 5000).Select(
            i => DatedArticleText.Write(new DatedText(new DateOnly(2000, 1, 1), FormattableString.Invariant($"https://example.org/{i}"), "T", "H", "", "B"))));
        var file = archive.Write("a.txt", text);
        using var stop = new CancellationTokenSource();
        var tally = new ImportTally();
        var bad = archive.Write("b.txt", "stray text");
        await Should.ThrowAsync<OperationCanceledException>(
            () => new ArchiveImport(archive.Store, TimeProvider.System, _ => stop.Cancel()).RunAsync([file, bad, file], tally, stop.Token));
        (await archive.QueryAsync("select count(*)::text from ingest.articles"))
            .ShouldBe([tally.Added.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        (await archive.ImportAsync(file)).Known.ShouldBe(tally.Added);
        (await archive.QueryAsync("select count(*)::text from ingest.articles")).ShouldBe(["5000"]);
    }
}
