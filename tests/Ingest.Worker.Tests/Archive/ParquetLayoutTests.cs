using System.Text.Json.Serialization;
using Ingest.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Import;
using Ingest.Worker.Archive.Parquet;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Parquet;
using Parquet.Schema;
using Parquet.Serialization;
using Parquet.Serialization.Attributes;

namespace Ingest.Worker.Tests.Archive;

/// <summary>What Parquet files look like inside, ours and others'.</summary>
public sealed class ParquetLayoutTests
{
    private static readonly DatedArticle Bare = new()
    {
        Url = new Uri("https://example.org/a"), PublishedOn = new DateOnly(2026, 1, 2), DateSource = "archive", Title = "t", TitleSource = "archive",
        Headline = "t", BodySource = "none",
    };

    [Fact]
    public async Task Lists_of_every_shape_come_back_in_their_rows_across_row_groups()
    {
        var random = new Random(7);
        var written = Enumerable.Range(0, 2_345).Select(i => Bare with
        {
            Url = new Uri($"https://example.org/{i}"),
            Authors = Some(random, static n => $"Ann {n}"),
            Categories = Some(random, static n => $"標準 {n}"),
            Enclosures = Some(
                random, n => new Enclosure($"https://example.org/{n}.mp3", random.Next(2) == 0 ? null : "audio/mpeg", random.Next(2) == 0 ? null : n)),
        }).ToList();
        using var file = await WriteAsync(written);
        var read = await ReadAsync(file);
        read.Count.ShouldBe(written.Count);
        foreach (var (was, comes) in written.Zip(read))
        {
            comes.Url.ShouldBe(was.Url);
            comes.Authors.ShouldBe(was.Authors);
            comes.Categories.ShouldBe(was.Categories);
            comes.Enclosures.ShouldBe(was.Enclosures);
        }
    }

    [Fact]
    public async Task Bodies_are_not_repeated_in_the_footer()
    {
        using var file = await WriteAsync(
            [.. Enumerable.Range(0, 20).Select(static i => Bare with { Body = new string((char)('a' + i), 100_000), BodySource = "html" })]);
        await using var reader = await ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        var tail = file.ToArray()[^8..^4];
        BitConverter.ToInt32(tail).ShouldBeLessThan(10_000);
    }

    [Fact]
    public async Task Files_that_are_written_from_classes_are_read_with_lists_that_are_null_empty_or_full()
    {
        Earlier[] rows =
        [
            new() { Url = "https://example.org/1", PublishedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), Authors = null, Enclosures = null },
            new()
            {
                Url = "https://example.org/2",
                PublishedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Authors = [],
                Enclosures = [],
                LiveBlog = true,
            },
            new()
            {
                Url = "https://example.org/3",
                PublishedAt = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Authors = ["Ann", "Bo"],
                Enclosures = [new() { Url = "https://example.org/a", Length = 5 }, new() { Type = "x/y" }],
            },
        ];
        using var file = new MemoryStream();
        await ParquetSerializer.SerializeAsync(rows, file, cancellationToken: TestContext.Current.CancellationToken);
        var read = await ReadAsync(file);
        read.Select(static article => (article.Authors.Count, article.Enclosures.Count, article.LiveBlog))
            .ShouldBe([(0, 0, false), (0, 0, true), (2, 1, false)]);
        read.ShouldAllBe(
            static article => article.PublishedAt == new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) && article.PublishedOn == new DateOnly(2026, 1, 2));
        read[2].Enclosures.ShouldBe([new Enclosure("https://example.org/a", null, 5)]);
    }

    [Fact]
    public async Task Columns_that_can_not_be_null_are_read()
    {
        var (url, date, body) = (
            new DataField("url", typeof(string), isNullable: false), new DataField<DateOnly>("date"), new DataField("body", typeof(byte[]), isNullable: false));
        using var file = new MemoryStream();
        await using (
            var writer = await ParquetWriter.CreateAsync(new ParquetSchema(url, date, body), file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(url, new[] { "https://example.org/1", "https://example.org/2" });
            await group.WriteAsync<DateOnly>(
                date, new[] { new DateOnly(2026, 1, 2), new DateOnly(2026, 1, 3) }, cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync(body, new[] { "ä"u8.ToArray(), "標準"u8.ToArray() });
        }

        (await ReadAsync(file))
            .Select(static article => (article.Url.OriginalString, article.PublishedOn!.Value.Day, article.Body))
                .ShouldBe([("https://example.org/1", 2, "ä"), ("https://example.org/2", 3, "標準")]);
    }

    [Theory]
    [InlineData("body", "column body is of another type: Int32")]
    [InlineData("live_blog", "column live_blog is of another type: Int32")]
    [InlineData("date", "column date is of another type: Int32")]
    public async Task A_column_of_another_type_is_named(string name, string reason)
    {
        var (url, other) = (new DataField("url", typeof(string), isNullable: false), new DataField<int>(name));
        using var file = new MemoryStream();
        await using (
            var writer = await ParquetWriter.CreateAsync(new ParquetSchema(url, other), file, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            await group.WriteAsync(url, new[] { "https://example.org/1" });
            await group.WriteAsync<int>(other, new[] { 1 }, cancellationToken: TestContext.Current.CancellationToken);
        }

        (await Should.ThrowAsync<InvalidDataException>(ReadAsync(file))).Message.ShouldContain(reason);
    }

    private static List<T> Some<T>(Random random, Func<int, T> make) => [.. Enumerable.Range(0, Math.Max(0, random.Next(-2, 4))).Select(make)];

    private static async Task<MemoryStream> WriteAsync(IReadOnlyList<DatedArticle> articles)
    {
        var file = new MemoryStream();
        var exported = articles.Select(
            static article => new ExportedArticle(ArticleRows.Of(StoredArticle.FromArchive(article, ArticleMarks.None), DateTimeOffset.MinValue), "one"));
        (await ParquetArchive.WriteAsync(exported.ToAsyncEnumerable(), ArchiveFields.Own, file, TestContext.Current.CancellationToken))
            .ShouldBe(articles.Count);
        return file;
    }

    private static async Task<List<DatedArticle>> ReadAsync(MemoryStream file)
    {
        var articles = new List<DatedArticle>();
        using var stream = new MemoryStream(file.ToArray());
        await foreach (var reading in ArchiveReader.ReadAsync(stream, ArchiveFormat.Parquet, TestContext.Current.CancellationToken))
            articles.Add(reading.ShouldBeOfType<ArchiveReading.Record>().Article);
        return articles;
    }

    /// <summary>As the serialiser of classes writes archives.</summary>
    private sealed class Earlier
    {
        [JsonPropertyName("url")]
        public string? Url { get; set; }

        [JsonPropertyName("published_at"), ParquetTimestamp(ParquetTimestampResolution.Microseconds, useLogicalTimestamp: true, isAdjustedToUTC: true)]
        public DateTime? PublishedAt { get; set; }

        [JsonPropertyName("authors")]
        public List<string>? Authors { get; set; }

        [JsonPropertyName("enclosures")]
        public List<EarlierEnclosure>? Enclosures { get; set; }

        [JsonPropertyName("live_blog")]
        public bool? LiveBlog { get; set; }
    }

    private sealed class EarlierEnclosure
    {
        [JsonPropertyName("url")]
        public string? Url { get; set; }

        [JsonPropertyName("type")]
        public string? Type { get; set; }

        [JsonPropertyName("length")]
        public long? Length { get; set; }
    }
}
