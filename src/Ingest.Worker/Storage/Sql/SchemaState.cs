using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>A function or view that a worker made, as the database has it on record.</summary>
/// <param name="Name">Its name in the schema.</param>
/// <param name="Hash">Of the file that made it.</param>
/// <param name="By">The version of the worker that did.</param>
internal sealed record RecordedObject(string Name, string Hash, Version By);

/// <summary>What a database says of its schema.</summary>
/// <param name="Migrations">Those that were applied, in their order.</param>
/// <param name="Objects">Its functions and views; what was dropped by hand is not there, whatever the record says.</param>
internal sealed record SchemaState(IReadOnlyList<string> Migrations, IReadOnlyList<RecordedObject> Objects)
{
    /// <summary>Its indexes that are whole; those whose making was broken off are not.</summary>
    public IReadOnlySet<string> Indexes { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    private const string IndexesText = """
        select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'ingest' and i.indisvalid
        """;

    private const string RecordedText = """
        select o.name, o.hash, o.version from ingest.schema_objects o
        where exists (select from pg_class c where o.kind = 'view' and c.relkind = 'v' and c.relnamespace = 'ingest'::regnamespace and c.relname = o.name)
           or exists (select from pg_proc p where o.kind = 'function' and p.pronamespace = 'ingest'::regnamespace and p.proname = o.name)
        """;

    // Asked without EF Core, whose model takes a second to build that a worker on a current schema need not spend.
    public static async Task<SchemaState> LoadAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var migrations = await IsThereAsync(connection, "ingest.schema_migrations", ct)
            ? await RowsAsync(connection, "select migration_id from ingest.schema_migrations order by migration_id", ct)
            : [];
        var objects = await IsThereAsync(connection, "ingest.schema_objects", ct) ? await RowsAsync(connection, RecordedText, ct) : [];
        return new SchemaState(
            [.. migrations.Select(static row => row[0])],
            [.. objects.Select(static row => new RecordedObject(row[0], row[1], Version.TryParse(row[2], out var by) ? by : new Version()))])
        {
            Indexes = (await RowsAsync(connection, IndexesText, ct)).Select(static row => row[0]).ToHashSet(StringComparer.Ordinal),
        };
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string table, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select to_regclass($1) is not null", connection) { Parameters = { new() { Value = table } } };
        return await command.ExecuteScalarAsync(ct) is true;
    }

    private static async Task<List<string[]>> RowsAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct)) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
        return rows;
    }
}
