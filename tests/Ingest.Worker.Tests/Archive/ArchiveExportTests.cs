using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Tests.Storage;

namespace Ingest.Worker.Tests.Archive;

public sealed class ArchiveExportTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_daily_export_writes_a_file_a_day_and_goes_on_where_it_broke_off()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(
            [
                .. Enumerable.Range(1, 3).SelectMany(
                    static day => Enumerable.Range(0, day).Select(i => ArticleDatabase.Article($"{day}-{i}", $"{day}-{i}", day: $"2026-01-0{day}"))),
            ]);
        var export = new ArchiveExport(new ArticleExport(database.Door));
        var folder = database.PathOf("days");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "2026-01-02.jsonl.zst"), "there");

        (await RunAsync(overwrite: false)).ShouldBe(new ExportTally(4, 2, 1));
        Directory.GetFiles(folder).Select(Path.GetFileName).Order().ShouldBe(["2026-01-01.jsonl.zst", "2026-01-02.jsonl.zst", "2026-01-03.jsonl.zst"]);
        (await RunAsync(overwrite: false)).ShouldBe(new ExportTally(0, 0, 3));
        (await RunAsync(overwrite: true)).ShouldBe(new ExportTally(6, 3, 0));

        await using var other = await ArchiveDatabase.CreateAsync(postgres);
        (await other.ImportAsync(folder)).Added.ShouldBe(6);
        other.Faults.ShouldBeEmpty();

        Task<ExportTally> RunAsync(bool overwrite) =>
            export.ToFolderAsync(new ExportFilter(), ArchiveFormat.JsonLines, folder, ".jsonl.zst", overwrite, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Only_what_changed_since_a_moment_is_exported_when_that_is_asked()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("old", "old"), ArticleDatabase.Article("new", "new"));
        await database.QueryAsync("update ingest.articles set updated_at = '2026-05-05T10:00:00Z' where title = 'new' returning title");

        (await database.ExportAsync(ArchiveFormat.JsonLines, new ExportFilter(ChangedSince: new DateTimeOffset(2026, 5, 5, 10, 0, 0, TimeSpan.Zero))))
            .ShouldContain("\"title\":\"new\"");
        (await database.ExportAsync(ArchiveFormat.JsonLines, new ExportFilter(ChangedSince: new DateTimeOffset(2026, 5, 5, 10, 0, 0, TimeSpan.Zero))))
            .ShouldNotContain("\"title\":\"old\"");
        (await database.ExportAsync(ArchiveFormat.JsonLines, new ExportFilter(ChangedSince: new DateTimeOffset(2026, 5, 5, 10, 0, 1, TimeSpan.Zero))))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Compressed_archives_are_read_whatever_their_name()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(ArticleDatabase.Article("1", "one", body: new string('x', 100_000)));
        var export = new ArchiveExport(new ArticleExport(database.Door));
        foreach (var name in (string[])["a.txt.gz", "a.txt.zst", "a.jsonl.gz", "a.jsonl.zst", "a.txt", "a.jsonl"])
        {
            var path = database.PathOf(name);
            await export.ToFileAsync(new ExportFilter(), ArchiveFormats.OfName(path)!.Value, path, overwrite: false, TestContext.Current.CancellationToken);
            if (!name.EndsWith('t') && !name.EndsWith('l')) new FileInfo(path).Length.ShouldBeLessThan(10_000);
            File.Move(path, database.PathOf("without-a-name"), overwrite: true);
            (await database.ImportAsync(database.PathOf("without-a-name"))).Records.ShouldBe(1, name);
        }

        database.Faults.ShouldBeEmpty();
    }
}
