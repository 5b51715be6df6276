using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>The columns of a Parquet archive: the fields of the JSON lines, typed.</summary>
internal static class ParquetColumns
{
    /// <summary>Every column can be null.</summary>
    public static readonly ParquetSchema Schema = new(
        Text("url"),
        new DataField<DateOnly?>("date"),
        Moment("published_at"),
        Moment("modified_at"),
        Text("date_source"),
        Text("title"),
        Text("title_source"),
        Text("headline"),
        Text("description"),
        Text("body"),
        Text("body_source"),
        new ListField("authors", Text("element")),
        Text("language"),
        Text("image_url"),
        new ListField("categories", Text("element")),
        new ListField("enclosures", new StructField("element", Text("url"), Text("type"), new DataField<long?>("length"))),
        new DataField<bool?>("live_blog"),
        Moment("retracted_at"),
        Text("retraction"),
        Moment("gone_at"),
        Text("gone_reason"),
        Text("source"));

    /// <summary>Columns of few different values.</summary>
    public static readonly IReadOnlyList<string> Repetitive = ["date_source", "title_source", "body_source", "language", "retraction", "gone_reason", "source"];

    /// <summary>A column of texts as the bytes that they are stored as.</summary>
    public static DataField AsBytes(DataField text)
    {
        var bytes = new DataField(text.Name, typeof(byte[]), text.IsNullable);

        // A field has its levels from a schema.
        _ = new ParquetSchema(bytes);
        return bytes;
    }

    private static DataField Text(string name) => new(name, typeof(string), isNullable: true);

    private static DateTimeDataField Moment(string name) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true);
}
