using System.Text.Json;
using Ingest.Text;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Tables;

/// <summary>How values of a column are read, and written as an array.</summary>
/// <typeparam name="T">What a row has of it.</typeparam>
/// <param name="Name">As PostgreSQL names it.</param>
/// <param name="Read">Reads a value that is not null.</param>
/// <param name="Add">Adds the values of rows.</param>
internal sealed record SqlType<T>(
    string Name, Func<NpgsqlDataReader, int, T> Read, Action<NpgsqlBatchCommand, IReadOnlyList<ArticleRow>, Func<ArticleRow, T?>> Add)
{
    /// <summary>Makes what stands in the array a value of the column.</summary>
    public Func<string, string> Unpack { get; init; } = static value => value;
}

/// <summary>The types of columns of articles.</summary>
internal static class SqlTypes
{
    public static readonly SqlType<string> TextValue = new(
        "text", static (reader, at) => reader.GetString(at), static (command, rows, of) => command.AddText(rows, of));

    public static readonly SqlType<DateTimeOffset?> Moment = new(
        "timestamp with time zone",
        static (reader, at) => reader.GetFieldValue<DateTimeOffset>(at),
        static (command, rows, of) => command.AddMoments(rows, of));

    public static readonly SqlType<DateOnly?> Day = new(
        "date", static (reader, at) => reader.GetFieldValue<DateOnly>(at), static (command, rows, of) => command.AddDays(rows, row => of(row)!.Value));

    public static readonly SqlType<bool> Flag = new(
        "boolean", static (reader, at) => reader.GetBoolean(at), static (command, rows, of) => command.Add(rows, NpgsqlDbType.Boolean, of));

    public static readonly SqlType<int> Number = new(
        "integer", static (reader, at) => reader.GetInt32(at), static (command, rows, of) => command.Add(rows, NpgsqlDbType.Integer, of));

    public static readonly SqlType<Guid> Hash = new(
        "uuid", static (reader, at) => reader.GetGuid(at), static (command, rows, of) => command.Add(rows, NpgsqlDbType.Uuid, of));

    // An array of arrays has rows of one length: a list goes as one text.
    public static readonly SqlType<string[]> TextList = new(
        "text[]", static (reader, at) => reader.GetFieldValue<string[]>(at), static (command, rows, of) => command.AddList(rows, row => of(row) ?? []))
    {
        Unpack = static value => $"string_to_array({value}, chr(31))",
    };

    public static readonly SqlType<IReadOnlyList<Enclosure>> Enclosures = new(
        "jsonb", static (reader, at) => FromJson(reader.GetString(at)), static (command, rows, of) => command.AddText(rows, row => ToJson(of(row))))
    {
        Unpack = static value => $"{value}::jsonb",
    };

    /// <summary>Enclosures as they are stored.</summary>
    public static string ToJson(IReadOnlyList<Enclosure>? enclosures) =>
        JsonSerializer.Serialize(enclosures ?? [], ArticleJson.Default.IReadOnlyListEnclosure);

    /// <summary>Stored enclosures. Without them it is still the article.</summary>
    public static IReadOnlyList<Enclosure> FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ArticleJson.Default.IReadOnlyListEnclosure) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
