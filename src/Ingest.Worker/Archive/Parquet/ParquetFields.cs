using Parquet.Schema;

namespace Ingest.Worker.Archive.Parquet;

/// <summary>How kinds of values stand in a Parquet schema.</summary>
internal static class ParquetFields
{
    public static DataField Text(string name) => new(name, typeof(string), isNullable: true);

    public static DateTimeDataField Moment(string name) =>
        new(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true);

    /// <summary>A column of texts as the bytes that they are stored as.</summary>
    public static DataField AsBytes(DataField text)
    {
        var bytes = new DataField(text.Name, typeof(byte[]), text.IsNullable);

        // A field has its levels from a schema.
        _ = new ParquetSchema(bytes);
        return bytes;
    }

    /// <summary>A text as the library takes it in lists.</summary>
    public static ReadOnlyMemory<char>? Chars(string? text) => text?.AsMemory();
}
