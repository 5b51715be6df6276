using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ingest.Text;
using Ingest.Worker.Storage.Tables;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>The fields of archives, made from the columns of articles.</summary>
internal sealed class ArchiveFields
{
    // Before Own, which has it.
    private static TextField Source { get; } = new("source", static article => article.Source, static (article, value) => article.Source = value)
    {
        IsRepetitive = true, IsNullable = true, IsRead = false, Meaning = "The source that showed it first; written, not read.",
    };

    public ArchiveFields(ArticleTable table)
    {
        All = [.. table.Of(ColumnUse.Archived).Select(Of), Source];
        Parquet = new ParquetSchema([.. All.Select(static field => field.Parquet)]);
        Line = Lines(All);
    }

    /// <summary>Those of the worker's table.</summary>
    public static ArchiveFields Own { get; } = new(ArticleTable.Own);

    public IReadOnlyList<ArchiveField> All { get; }

    /// <summary>Lists in cells. Letters stay letters.</summary>
    public static ArchiveJson Cells { get; } =
        new(new JsonSerializerOptions(ArchiveJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A line of JSON.</summary>
    public JsonTypeInfo<ArchivedArticle> Line { get; }

    /// <summary>The columns of a Parquet file: the fields of the JSON lines, typed.</summary>
    public ParquetSchema Parquet { get; }

    private static ArchiveField Of(PlacedColumn column) => column switch
    {
        PlacedColumn<string> text => new TextField(text.Name, article => text.Get(article.Row), (article, value) => text.Set(article.Row, value))
        {
            Shape = text.Shape, IsNullable = text.IsNullable, IsRepetitive = text.IsRepetitive, Meaning = text.Comment,
        },
        PlacedColumn<DateOnly?> day => new DayField("date", article => day.Get(article.Row), (article, value) => day.Set(article.Row, value))
        {
            Meaning = $"`{day.Name}`: {day.Comment}",
        },
        PlacedColumn<DateTimeOffset?> at => new MomentField(at.Name, article => at.Get(article.Row), (article, value) => at.Set(article.Row, value))
        {
            Meaning = at.Comment,
        },
        PlacedColumn<bool> flag => new FlagField(flag.Name, article => flag.Get(article.Row), (article, value) => flag.Set(article.Row, value))
        {
            Meaning = flag.Comment,
        },
        PlacedColumn<string[]> list => new TextsField(list.Name, article => list.Get(article.Row), (article, value) => list.Set(article.Row, value))
        {
            Meaning = list.Comment,
        },
        PlacedColumn<IReadOnlyList<Enclosure>> list =>
            new EnclosuresField(list.Name, article => list.Get(article.Row), (article, value) => list.Set(article.Row, value)) { Meaning = list.Comment },
        _ => throw new UnreachableException(),
    };

    // The generator of the serialiser knows classes; this is what it makes of one, for fields that a table names.
    private static JsonTypeInfo<ArchivedArticle> Lines(IReadOnlyList<ArchiveField> fields)
    {
        var options = new JsonSerializerOptions(ArchiveJson.Default.Options) { TypeInfoResolver = ArchiveJson.Default };
        return JsonMetadataServices.CreateObjectInfo(options, new JsonObjectInfoValues<ArchivedArticle>
        {
            ObjectCreator = static () => new ArchivedArticle(),
            PropertyMetadataInitializer = _ => [.. fields.Select(field => field.Json(options))],
        });
    }
}
