using Ingest.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Export;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;
using Parquet;
using Parquet.Serialization;

namespace Ingest.Worker.Tests.Archive;

public sealed class ParquetArchiveTests(PostgresFixture postgres)
{
    private static readonly DatedArticle Whole = new()
    {
        Url = new Uri("https://example.org/a?x=1"),
        PublishedOn = new DateOnly(2026, 2, 3),
        PublishedAt = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2)),
        ModifiedAt = new DateTimeOffset(2026, 2, 4, 0, 0, 0, TimeSpan.Zero),
        DateSource = "json-ld",
        Title = "A “title”",
        TitleSource = "html",
        Headline = "Ein Kopf",
        Description = "標準",
        Body = "One.\n\nTwo 🙂.",
        BodySource = "html",
        Authors = ["Ann", "Bo, jr."],
        Language = "de-AT",
        ImageUrl = "https://example.org/i.jpg",
        Categories = ["x"],
        Enclosures = [new Enclosure("https://example.org/a.mp3", "audio/mpeg", 123456789012), new Enclosure("https://example.org/b", null, null)],
        LiveBlog = true,
    };

    private static readonly DatedArticle Bare = new()
    {
        Url = new Uri("https://example.org/b"), PublishedOn = new DateOnly(1, 1, 1), DateSource = "archive", Title = "", TitleSource = "archive", Headline = "",
        BodySource = "none",
    };

    [Fact]
    public async Task Everything_comes_back_from_Parquet_as_it_was()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(Whole, Bare);
        await database.MarkAsync();
        var lines = await database.ExportAsync(ArchiveFormat.JsonLines);
        var file = await ExportAsync(database, "all.parquet");

        await using var other = await ArchiveDatabase.CreateAsync(postgres);
        var tally = await other.ImportAsync(file);
        other.Faults.ShouldBeEmpty();
        (tally.Records, tally.Added).ShouldBe((2, 2));
        (await other.ExportAsync(ArchiveFormat.JsonLines)).ShouldBe(lines);
        (await other.ImportAsync(file)).Known.ShouldBe(2);
    }

    [Fact]
    public async Task Columns_have_their_types_and_are_compressed_with_zstd()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(Whole, Bare);
        await using var reader = await ParquetReader.CreateAsync(
            await ExportAsync(database, "typed.parquet"), cancellationToken: TestContext.Current.CancellationToken);

        var types = reader.Schema.Fields.ToDictionary(static field => field.Name, static field => field.ToString());
        types.Keys
            .ShouldBe(
                [
                    "url", "date", "published_at", "modified_at", "date_source", "title", "title_source", "headline", "description", "body", "body_source",
                    "authors", "language", "image_url", "categories", "enclosures", "live_blog", "retracted_at", "retraction", "gone_at", "gone_reason",
                    "source",
                ]);
        reader.Metadata!.Schema.Single(static element => element.Name == "date").LogicalType!.DATE.ShouldNotBeNull();
        reader.Metadata.Schema.Single(static element => element.Name == "published_at").LogicalType!.TIMESTAMP!.IsAdjustedToUTC.ShouldBeTrue();
        reader.Metadata.RowGroups.SelectMany(static group => group.Columns)
            .ShouldAllBe(static column => column.MetaData!.Codec == global::Parquet.Meta.CompressionCodec.ZSTD);
    }

    [Fact]
    public async Task Many_row_groups_are_read_in_their_order()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync([.. Enumerable.Range(0, 4500).Select(static i => Bare with { Url = new Uri($"https://example.org/{i}"), Title = $"{i}" })]);
        var file = await ExportAsync(database, "many.parquet");

        await using var stream = File.OpenRead(file);
        var titles = new List<string>();
        await foreach (var reading in ArchiveReader.ReadAsync(stream, ArchiveFormat.Parquet, TestContext.Current.CancellationToken))
            titles.Add(reading.ShouldBeOfType<ArchiveReading.Record>().Article.Title);
        titles.ShouldBe(await database.QueryAsync("select title from ingest.articles order by published_on, id"));
    }

    [Fact]
    public async Task Rows_that_are_no_articles_are_reported_by_their_number_and_cost_no_others()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        var file = database.PathOf("foreign.parquet");
        ForeignRow[] rows =
        [
            new("https://example.org/1", "2026-01-01"), new("nonsense", "2026-01-01"), new("https://example.org/2", null),
            new("https://example.org/3", "2026-01-03"),
        ];
        await ParquetSerializer.SerializeAsync(
            rows.Select(static row => new Foreign { url = row.Url, date = row.Date is null ? null : DateOnly.Parse(row.Date, null) }),
            file,
            cancellationToken: TestContext.Current.CancellationToken);

        var tally = await database.ImportAsync(file);
        (tally.Records, tally.Added, tally.Faults).ShouldBe((2, 2, 2));
        database.Faults
            .ShouldBe([$"{file}:2: url is not an absolute http or https URL without white space", $"{file}:3: neither date nor published_at is there"]);
    }

    [Fact]
    public async Task Files_that_are_no_Parquet_of_articles_are_reported_and_skipped()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(Whole);
        var whole = await File.ReadAllBytesAsync(await ExportAsync(database, "whole.parquet"), TestContext.Current.CancellationToken);
        var broken = new List<string>();
        foreach (var (name, bytes) in (ReadOnlySpan<(string, byte[])>)
            [
                ("empty", []), ("mark", "PAR1"u8.ToArray()), ("cut", whole[..^20]),
                ("noise", [.. whole.Select(static (b, i) => i is > 10 and < 400 ? (byte)(b ^ 0x55) : b)]),
            ])
        {
            broken.Add(database.PathOf($"{name}.parquet"));
            File.WriteAllBytes(broken[^1], bytes);
        }

        var tally = await database.ImportAsync([.. broken]);
        tally.Added.ShouldBe(0);
        tally.Faults.ShouldBe(4);
        database.Faults.Select(static fault => fault.Split(".parquet")[0].Split('/')[^1]).ShouldBe(["empty", "mark", "cut", "noise"]);
    }

    private static async Task<string> ExportAsync(ArchiveDatabase database, string name)
    {
        await new ArchiveExport(new ArticleExport(database.Door)).ToFileAsync(
            new ExportFilter(), ArchiveFormat.Parquet, database.PathOf(name), overwrite: false, TestContext.Current.CancellationToken);
        return database.PathOf(name);
    }

    private sealed record ForeignRow(string Url, string? Date);

    // As another program might write it: few columns, other types.
    private sealed class Foreign
    {
        public string? url { get; set; }

        public DateOnly? date { get; set; }
    }
}
