using Ingest.Text;
using Ingest.Worker.Archive;
using Ingest.Worker.Articles;
using Npgsql;

namespace Ingest.Worker.Tests.Archive;

/// <summary>Articles as comma-separated values, as PostgreSQL reads them.</summary>
public sealed class CsvArchiveTests(PostgresFixture postgres)
{
    private static readonly DatedArticle Whole = new()
    {
        Url = new Uri("https://example.org/a?x=1,2"),
        PublishedOn = new DateOnly(2026, 2, 3),
        PublishedAt = new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2)),
        DateSource = "json-ld",
        Title = "A \"title\", with commas",
        TitleSource = "html",
        Headline = "=1+1",
        Description = "標準 🙂",
        Body = "One.\n\nTwo.",
        BodySource = "html",
        Authors = ["Ann", "Bö, jr."],
        Language = "de-AT",
        Categories = [],
        Enclosures = [new Enclosure("https://example.org/a.mp3", "audio/mpeg", 12)],
    };

    private static readonly DatedArticle Bare = new()
    {
        Url = new Uri("https://example.org/b"), PublishedOn = new DateOnly(1, 1, 1), DateSource = "archive", Title = "", TitleSource = "archive", Headline = "",
        BodySource = "none",
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_reads_every_cell_as_it_was_stored_and_tells_null_from_empty()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        await database.SaveAsync(Whole, Bare);
        var csv = await database.ExportAsync(ArchiveFormat.Csv);
        var names = csv[..csv.IndexOf("\r\n", StringComparison.Ordinal)].Split(',');
        names.ShouldBe(ArchiveFields.Own.All.Select(static field => field.Name));

        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);
        await RunAsync(connection, $"create temporary table read ({string.Join(", ", names.Select(static name => $"{name} text"))})");
        await using (var copy = await connection.BeginTextImportAsync("copy read from stdin (format csv, header)", Ct)) await copy.WriteAsync(csv);
        (await RunAsync(connection, """
            select count(*) from read r join ingest.articles a on a.url = r.url
            where r.date::date = a.published_on and r.published_at::timestamptz is not distinct from a.published_at and r.title = a.title
              and r.headline = a.headline and r.description = a.description and r.body = a.body and r.language is not distinct from a.language
              and r.image_url is not distinct from a.image_url and r.live_blog::boolean = a.live_blog
              and array(select jsonb_array_elements_text(r.authors::jsonb)) = a.authors and r.categories = '[]' and r.source is null
              and jsonb_array_length(r.enclosures::jsonb) = jsonb_array_length(a.enclosures)
            """)).ShouldBe(2L);
        csv.ShouldContain("\"A \"\"title\"\", with commas\",html,=1+1,標準 🙂,\"One.\n\nTwo.\",");
        csv.ShouldContain("\"[\"\"Ann\"\",\"\"Bö, jr.\"\"]\",");
        csv.ShouldContain(",2026-02-03T02:05:06.789Z,");
    }

    [Fact]
    public async Task It_is_only_written_and_an_import_says_so()
    {
        await using var database = await ArchiveDatabase.CreateAsync(postgres);
        var file = database.Write("in/all.csv", "url\r\n");
        (await database.ImportAsync(file)).Records.ShouldBe(0);
        database.Faults.ShouldHaveSingleItem().ShouldContain("CSV is only written; JSON lines (export --format jsonl) are read back");
        (await database.ImportAsync(Path.GetDirectoryName(file)!)).Files.ShouldBe(0);
        database.Faults.Count.ShouldBe(1);
    }

    private static async Task<object?> RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Ct);
    }
}
