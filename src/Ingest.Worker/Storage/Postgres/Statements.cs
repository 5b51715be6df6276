using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>Runs statements. They are made again for each try: a parameter that was used belongs to its command.</summary>
internal static class Statements
{
    /// <summary>Runs a statement that writes, in a transaction of its own.</summary>
    /// <returns>How many rows it wrote.</returns>
    public static Task<int> ExecuteAsync(this Database database, Func<NpgsqlBatchCommand> statement, CancellationToken ct) =>
        database.SaveAsync((connection, ct) => connection.ExecuteAsync([statement()], ct), ct);

    /// <summary>Runs statements in one batch; nothing where there are none.</summary>
    /// <returns>How many rows they wrote together.</returns>
    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, IEnumerable<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in statements) batch.BatchCommands.Add(statement);
        return batch.BatchCommands.Count == 0 ? 0 : await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>All rows of a query.</summary>
    public static Task<IReadOnlyList<T>> LoadAsync<T>(
        this Database database, Func<NpgsqlBatchCommand> query, Func<NpgsqlDataReader, T> read, CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<T>>(async (connection, ct) => await connection.LoadAsync(query(), read, ct), ct);

    /// <summary>All rows of a query.</summary>
    public static async Task<List<T>> LoadAsync<T>(
        this NpgsqlConnection connection, NpgsqlBatchCommand query, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { query } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }
}
