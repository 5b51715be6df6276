using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Commands.Output;
using Npgsql;

namespace Ingest.Worker.Commands.Look;

/// <summary>Prints the rows of a question: as they come for programs, as a table for people, which ends where nobody would read on.</summary>
internal static class SqlOutput
{
    private const int MostTableRows = 1_000;

    /// <summary>A column of the answer.</summary>
    /// <param name="Name">Its name, unlike all others of the answer.</param>
    /// <param name="Type">PostgreSQL's name of its type.</param>
    private sealed record Column(string Name, string Type)
    {
        public bool IsNumber =>
            Type is "smallint" or "integer" or "bigint" or "real" or "double precision" or "numeric" || Type.StartsWith("numeric(", StringComparison.Ordinal);
    }

    public static Task WriteAsync(NpgsqlDataReader reader, string format, CancellationToken ct)
    {
        var columns = Columns(reader);
        return format switch
        {
            OutputFormat.Table => WriteTableAsync(reader, columns, ct),
            SqlCommand.Csv => WriteCsvAsync(reader, columns, ct),
            _ => WriteJsonAsync(reader, columns, format == OutputFormat.JsonLines, ct),
        };
    }

    private static List<Column> Columns(NpgsqlDataReader reader)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var columns = new List<Column>();
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var name = reader.GetName(i);
            for (var n = 2; !names.Add(name); n++) name = string.Create(CultureInfo.InvariantCulture, $"{reader.GetName(i)}_{n}");
            columns.Add(new Column(name, reader.GetDataTypeName(i)));
        }

        return columns;
    }

    private static string? Value(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static async Task WriteTableAsync(NpgsqlDataReader reader, List<Column> columns, CancellationToken ct)
    {
        var rows = new List<object?[]>();
        var isCut = false;
        while (!isCut && await reader.ReadAsync(ct))
        {
            isCut = rows.Count == MostTableRows;
            if (!isCut) rows.Add([.. columns.Select((column, i) => Cell(Value(reader, i), column))]);
        }

        ListOutput.Write(rows, OutputFormat.Table, [.. columns.Select(static (column, i) => new ListColumn<object?[]>(column.Name, row => row[i]))]);
        await Console.Error.WriteLineAsync(
            isCut ? $"The first {MostTableRows} rows; --format csv, json or jsonl gives all of them, and limit in the question fewer."
                : $"{Plural.Of(rows.Count, "row")}");
    }

    // Numbers stand at the right; what has digits of its own, as a numeric, keeps them.
    private static object? Cell(string? value, Column column) =>
        column.Type is "smallint" or "integer" or "bigint" && long.TryParse(value, CultureInfo.InvariantCulture, out var number) ? number : value;

    private static async Task WriteCsvAsync(NpgsqlDataReader reader, List<Column> columns, CancellationToken ct)
    {
        await Console.Out.WriteLineAsync(string.Join(',', columns.Select(static column => Quoted(column.Name))));
        while (await reader.ReadAsync(ct))
            await Console.Out.WriteLineAsync(string.Join(',', columns.Select((_, i) => Value(reader, i) is { } value ? Quoted(value) : "")));
    }

    // RFC 4180; nothing is null, and "" is the empty text, as COPY has it. A terminal gets what does nothing to it.
    private static string Quoted(string value)
    {
        if (!Console.IsOutputRedirected) value = SafeLine.Of(value);
        return value.Length == 0 || value.AsSpan().ContainsAny("\",\r\n") ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    private static async Task WriteJsonAsync(NpgsqlDataReader reader, List<Column> columns, bool isLines, CancellationToken ct)
    {
        var count = 0;
        if (!isLines) await Console.Out.WriteAsync("[");
        while (await reader.ReadAsync(ct))
        {
            var fields = columns.Select((column, i) => $"{Text(column.Name)}:{Json(Value(reader, i), column)}");
            var row = SafeLine.InJson($"{{{string.Join(',', fields)}}}");
            await Console.Out.WriteAsync(isLines ? $"{row}\n" : $"{(count == 0 ? "" : ",")}\n{row}");
            count++;
        }

        if (!isLines) await Console.Out.WriteLineAsync(count == 0 ? "]" : "\n]");
    }

    private static string Json(string? value, Column column) => value switch
    {
        null => "null",
        "t" or "f" when column.Type == "boolean" => value == "t" ? "true" : "false",
        _ when column.IsNumber && value is not ("NaN" or "Infinity" or "-Infinity") => value,
        _ when column.Type is "json" or "jsonb" => Compact(value),
        _ => Text(value),
    };

    // A json keeps its line breaks in the database; a line of JSON has none.
    private static string Compact(string json) => json.Contains('\n', StringComparison.Ordinal)
        ? JsonSerializer.Serialize(JsonDocument.Parse(json).RootElement, Relaxed) : json;

    private static string Text(string text) => JsonSerializer.Serialize(text, Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
