using System.Runtime.CompilerServices;
using System.Text.Json;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Parquet;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Articles;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Schema;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Tables;
using Ingest.Worker.Tests.Docs;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Conventions;
using Parquet;

namespace Ingest.Worker.Tests.Storage;

/// <summary>A column that is added to the table of columns is there in all that is made of it.</summary>
public sealed class SampleColumnTests(PostgresFixture postgres)
{
    private static readonly ConditionalWeakTable<ArticleRow, string> Kickers = [];

    private static readonly PlacedColumn<string> Kicker = new(
        "kicker", SqlTypes.TextValue,
        static row => Kickers.TryGetValue(row, out var known) ? known : $"over {row.Title}",
        static (row, value) => Kickers.AddOrUpdate(row, value!))
    {
        Use = ColumnUse.Read | ColumnUse.Written | ColumnUse.Archived, Shape = TextShape.Line, IsRepetitive = true, Comment = "What stands over the title.",
    };

    private static readonly ArticleTable Sample = new([.. ArticleColumns.All, Kicker]);
    private static readonly ArchiveFields Fields = new(Sample);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_inserted_updated_and_read()
    {
        await using var database = await CreateAsync();
        var row = StoredArticle.FromArchive(ArticleDatabase.Article("a", "First", authors: "Ann"), ArticleMarks.None);
        await ExecuteAsync(database, new ArticleSql(Sample).Insert([new FromSource<StoredArticle>(null, row)], ArticleDatabase.Now));
        (await database.RowsAsync("select kicker, title, authors[1] from ingest.articles")).ShouldBe(["over First|First|Ann"]);

        await using var connection = await database.Door.DataSource.OpenConnectionAsync(Ct);
        var stored = (await LockedArticle.LoadAsync(connection, [row.Key], Ct))[row.Key];
        var changed = Replacement.Of(row with { Article = row.Article with { Title = "Second" } }, stored);
        await ExecuteAsync(database, new ArticleSql(Sample).Replace([changed], ArticleDatabase.Now));
        (await database.RowsAsync("select kicker, title, authors[1] from ingest.articles")).ShouldBe(["over Second|Second|Ann"]);

        await database.ExecuteAsync("update ingest.articles set kicker = 'by hand'");
        await using var command = new NpgsqlCommand(SqlFile.Read("statements/article_of_page.sql", Sample), connection)
        {
            Parameters = { new() { Value = row.Key.Value } },
        };
        await using var reader = await command.ExecuteReaderAsync(Ct);
        (await reader.ReadAsync(Ct)).ShouldBeTrue();
        Kicker.Get(Sample.Read(reader, 0)).ShouldBe("by hand");
    }

    [Fact]
    public void It_stands_in_lines_of_JSON()
    {
        var line = JsonSerializer.Serialize(ArchivedArticle.Of(Exported("T")), Fields.Line);

        line.ShouldContain(",\"kicker\":\"over T\",\"source\":\"one\"}");
        var read = JsonSerializer.Deserialize(line.Replace("over T", "  as  read ", StringComparison.Ordinal), Fields.Line)!;
        foreach (var field in Fields.All) field.Tidy(read);
        Kicker.Get(read.Row).ShouldBe("as read");
        read.Row.Title.ShouldBe("T");
    }

    [Fact]
    public async Task It_is_a_column_of_Parquet()
    {
        using var file = new MemoryStream();
        await ParquetArchive.WriteAsync(new[] { Exported("T"), Exported("U") }.ToAsyncEnumerable(), Fields, file, Ct);

        await using var reader = await ParquetReader.CreateAsync(file, new ParquetOptions { UseDateOnlyTypeForDates = true }, cancellationToken: Ct);
        reader.Schema.Fields.Select(static field => field.Name)
            .ShouldBe([.. ArchiveFields.Own.All.SkipLast(1).Select(static field => field.Name), "kicker", "source"]);
        var rows = new ParquetRows(reader.Schema, Fields);
        await rows.LoadAsync(reader.OpenRowGroupReader(0), Ct);
        Kicker.Get(rows.Take().Row).ShouldBe("over T");
        Kicker.Get(rows.Take().Row).ShouldBe("over U");
    }

    [Fact]
    public async Task It_is_explained_in_the_model_the_database_and_the_references()
    {
        var model = new ModelBuilder(NpgsqlConventionSetBuilder.Build());
        ArticleSchema.Map(model.Entity<ArticleRow>(), Sample);
        var property = model.Model.FindEntityType(typeof(ArticleRow))!.FindProperty("Kicker")!;
        (property.GetColumnType(), property.IsNullable, property.GetComment()).ShouldBe(("text", false, "What stands over the title."));

        await using var database = await CreateAsync();
        (await new SchemaReference(database.Door).WriteAsync(Ct)).ShouldContain("| `kicker` | text | What stands over the title. |\n");
        FormatDocsTests.Table(Fields).ShouldContain("| `kicker` | text | What stands over the title. |\n");
    }

    private async Task<ArticleDatabase> CreateAsync()
    {
        var database = await ArticleDatabase.CreateAsync(postgres);
        await database.ExecuteAsync(
            $"alter table ingest.articles add column {Kicker.Name} {Kicker.Type} not null; "
                + $"comment on column ingest.articles.{Kicker.Name} is '{Kicker.Comment}'");
        return database;
    }

    private static ExportedArticle Exported(string title) => new(
        ArticleRows.Of(StoredArticle.FromArchive(ArticleDatabase.Article("a", title), ArticleMarks.None), ArticleDatabase.Now), "one");

    private static Task<int> ExecuteAsync(ArticleDatabase database, NpgsqlBatchCommand command) => database.Door.ExecuteAsync(() => command, Ct);
}
