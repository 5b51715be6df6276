using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage;

/// <summary>Rows as one array a column, for <c>unnest</c>; texts made fit for PostgreSQL.</summary>
internal static class SqlArrays
{
    private const char ListSeparator = '\u001F';

    public static NpgsqlBatchCommand Add<TRow, TValue>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TValue> column)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = rows.Select(column).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
        return command;
    }

    public static NpgsqlBatchCommand AddText<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, string?> column) =>
        command.Add(rows, NpgsqlDbType.Text, row => Clean(column(row)));

    /// <summary>A list as one text, taken apart again by <c>string_to_array(…, chr(31))</c>.</summary>
    public static NpgsqlBatchCommand AddList<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, IReadOnlyList<string>> column) =>
        command.AddText(rows, row => string.Join(ListSeparator, column(row).Select(static item => item.Replace(ListSeparator, ' '))));

    /// <summary>As <see cref="AddList"/>; null for an empty list.</summary>
    public static NpgsqlBatchCommand AddListOrNull<TRow>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, IReadOnlyList<string>> column) =>
        command.AddText(rows, row => column(row) is { Count: > 0 } items ? string.Join(ListSeparator, items.Select(static item => item.Replace(ListSeparator, ' '))) : null);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = (value is string text ? Clean(text) : value) ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>PostgreSQL stores no NUL, and UTF-8 no lone surrogate.</summary>
    public static string? Clean(string? text)
    {
        if (text is null) return null;
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    /// <summary>timestamptz takes UTC only.</summary>
    public static DateTimeOffset? Utc(DateTimeOffset? time) => time?.ToUniversalTime();
}
