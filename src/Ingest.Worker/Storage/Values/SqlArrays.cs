using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Values;

/// <summary>Rows as one array a column, for <c>unnest</c>; what goes in is <see cref="Storable"/>.</summary>
internal static class SqlArrays
{
    private const char ListSeparator = '\u001F';

    public static NpgsqlBatchCommand Add<TRow, TValue>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TValue> column)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        return command;
    }

    public static NpgsqlBatchCommand AddText<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, string?> column) =>
        command.Add(rows, NpgsqlDbType.Text, row => Storable.Text(column(row)));

    public static NpgsqlBatchCommand AddMoments<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, DateTimeOffset?> column) =>
        command.Add(rows, NpgsqlDbType.TimestampTz, row => Storable.Moment(column(row)));

    public static NpgsqlBatchCommand AddDays<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, DateOnly> column) =>
        command.Add(rows, NpgsqlDbType.Date, row => Storable.Day(column(row)));

    /// <summary>A list as one text, taken apart again by <c>string_to_array(…, chr(31))</c>.</summary>
    public static NpgsqlBatchCommand AddList<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, IReadOnlyList<string>> column) =>
        command.AddText(rows, row => Joined(column(row)));

    /// <summary>As <see cref="AddList"/>; null for an empty list.</summary>
    public static NpgsqlBatchCommand AddListOrNull<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, IReadOnlyList<string>> column) =>
        command.AddText(rows, row => column(row) is { Count: > 0 } items ? Joined(items) : null);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, object? value, NpgsqlDbType type)
    {
        object? stored =
            value switch { string text => Storable.Text(text), DateTimeOffset time => Storable.Moment(time), DateOnly day => Storable.Day(day), _ => value };
        command.Parameters.Add(new NpgsqlParameter { Value = stored ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    private static string Joined(IReadOnlyList<string> items) => string.Join(ListSeparator, items.Select(static item => item.Replace(ListSeparator, ' ')));
}
