using System.Globalization;
using System.Threading.Tasks;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>Somebody's own views or functions stand in the way of one of ours.</summary>
internal sealed class ObjectHeldException(string name, IReadOnlyList<string> by)
    : Exception($"{name} has to be dropped and recreated, but {string.Join(", ", by)} {(by.Count == 1 ? "is" : "are")} made from it");

/// <summary>Makes functions and views of the schema, within a transaction.</summary>
internal sealed class ObjectWriter(NpgsqlConnection connection, SchemaOfWorker worker)
{
    private static readonly string BoundText = SqlFile.Read("statements/bound_objects.sql");
    private static readonly string PrivilegesText = SqlFile.Read("statements/object_privileges.sql");

    // What those that were dropped had: who owned them, and who might do what.
    private readonly Dictionary<string, IReadOnlyList<string>> dropped = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes them, or replaces them where they are. One that PostgreSQL does not replace, as a view that has lost a column, is dropped with the functions and
    /// views that are bound to it; these are remade as well. All have the owners and privileges that they had, and then those of their file.
    /// </summary>
    /// <returns>The names of those that were made.</returns>
    /// <exception cref="ObjectHeldException">Something that is not the worker's is bound to what must be dropped.</exception>
    public async Task<IReadOnlyList<string>> WriteAsync(IReadOnlyList<SchemaObject> objects, CancellationToken ct)
    {
        var pending = objects.Select(static one => one.Name).ToHashSet(StringComparer.Ordinal);
        var made = new List<string>();
        // What is dropped for the sake of one comes after it.
        foreach (var one in worker.Objects.Where(one => pending.Contains(one.Name) || dropped.ContainsKey(one.Name)))
        {
            if (!dropped.ContainsKey(one.Name) && !await TryReplaceAsync(one, ct)) await DropAsync(one, ct);
            if (dropped.TryGetValue(one.Name, out var kept)) await MakeAgainAsync(one, kept, ct);
            await RecordAsync(one, ct);
            made.Add(one.Name);
        }

        return made;
    }

    private async Task<bool> TryReplaceAsync(SchemaObject one, CancellationToken ct)
    {
        await ExecuteAsync("savepoint replacement", ct);
        try
        {
            await ExecuteAsync(one.Text, ct);
            await ExecuteAsync("release savepoint replacement", ct);
            return true;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidTableDefinition or PostgresErrorCodes.InvalidFunctionDefinition)
        {
            await ExecuteAsync("rollback to savepoint replacement", ct);
            return false;
        }
    }

    private async Task DropAsync(SchemaObject one, CancellationToken ct)
    {
        var rows = await RowsAsync(BoundText, one.Kind, one.Name, ct);
        var others = rows.Select(static row => row[1]).Except(worker.Objects.Select(static known => known.Name), StringComparer.Ordinal).ToList();
        if (others.Count > 0) throw new ObjectHeldException(one.Name, others);
        // One that is not there yet is wrong in itself: PostgreSQL says so a second time.
        dropped[one.Name] = [];
        foreach (var row in rows)
        {
            var (kind, name, statement) = (row[0], row[1], row[2]);
            dropped[name] = [.. (await RowsAsync(PrivilegesText, kind, name, ct)).Select(static privilege => privilege[1])];
            await ExecuteAsync(statement, ct);
        }
    }

    // The file comes a second time, because it has the last word on who may do what.
    private async Task MakeAgainAsync(SchemaObject one, IReadOnlyList<string> kept, CancellationToken ct)
    {
        await ExecuteAsync(one.Text, ct);
        foreach (var privilege in await RowsAsync(PrivilegesText, one.Kind, one.Name, ct)) await ExecuteAsync(privilege[2], ct);
        foreach (var statement in kept) await ExecuteAsync(statement, ct);
        await ExecuteAsync(one.Text, ct);
    }

    private async Task RecordAsync(SchemaObject one, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into ingest.schema_objects (name, kind, hash, version, made_at) values ($1, $2, $3, $4, now())
            on conflict (name) do update set kind = excluded.kind, hash = excluded.hash, version = excluded.version, made_at = excluded.made_at
            """,
            connection)
        {
            Parameters = { new() { Value = one.Name }, new() { Value = one.Kind }, new() { Value = one.Hash }, new() { Value = $"{worker.Version}" } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<string[]>> RowsAsync(string sql, string kind, string name, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = kind }, new() { Value = name } } };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var rows = new List<string[]>();
        while (await reader.ReadAsync(ct))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!)]);
        return rows;
    }
}
