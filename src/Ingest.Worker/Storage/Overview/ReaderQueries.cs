using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Npgsql;

namespace Ingest.Worker.Storage.Overview;

/// <summary>
/// Questions of people who look in: in a transaction that writes nothing, as the role of readers where this login may be it, a few at a time and none for long.
/// </summary>
internal sealed class ReaderQueries(ReadingDatabase database) : IDisposable
{
    private const int AtATime = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    // Another server, or a pooler before it, may know nothing of what is set for the worker's sessions.
    // A login that is no member of the role asks as what it is, and still writes nothing.
    private const string AsReader = """
        set transaction read only;
        set local statement_timeout = '5s';
        set local search_path = ingest, pg_temp;
        select set_config('role', 'ingest_reader', true) from pg_roles where rolname = 'ingest_reader' and pg_has_role(oid, 'member');
        """;

    private readonly SemaphoreSlim places = new(AtATime);

    /// <summary>Asks questions that see the same moment.</summary>
    /// <param name="questions">Files of <c>statements</c>, each with the values of its parameters.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The rows of each.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<Row>>> AskAsync(IReadOnlyList<(string File, object[] Values)> questions, CancellationToken ct)
    {
        if (!await places.WaitAsync(LongestWait, ct)) throw new TimeoutException("Too many ask at once.");
        try
        {
            await using var connection = await database.Door.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
            await using (var command = new NpgsqlCommand(AsReader, connection, transaction)) await command.ExecuteNonQueryAsync(ct);
            var answers = new List<IReadOnlyList<Row>>();
            foreach (var (file, values) in questions) answers.Add(await AskAsync(connection, file, values, ct));
            await transaction.CommitAsync(ct);
            return answers;
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private static async Task<IReadOnlyList<Row>> AskAsync(NpgsqlConnection connection, string file, object[] values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(SqlFile.Read($"statements/{file}.sql"), connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<Row>();
        while (await reader.ReadAsync(ct))
            rows.Add(new Row(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.IsDBNull(i) ? null : reader.GetValue(i))));
        return rows;
    }
}
