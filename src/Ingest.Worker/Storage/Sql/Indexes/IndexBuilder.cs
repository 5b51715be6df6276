using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage.Sql.Indexes;

/// <summary>
/// Makes indexes while others read and write (<c>create index concurrently</c>), and says how far it is. One that was broken off leaves an index that is not
/// valid, which nobody uses; it is dropped and made again.
/// </summary>
internal sealed partial class IndexBuilder(Database database, ILogger log)
{
    private const string ProgressText = """
        select phase, case when blocks_total > 0 then 100 * blocks_done / blocks_total when tuples_total > 0 then 100 * tuples_done / tuples_total
          when lockers_total > 0 then 100 * lockers_done / lockers_total end
        from pg_stat_progress_create_index where pid = $1
        """;

    /// <summary>From one line about an index to the next.</summary>
    internal TimeSpan SayEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes them one after the other.</summary>
    /// <returns>Those of what is not there yet: a table or column that a migration adds.</returns>
    public async Task<IReadOnlyList<SchemaIndex>> BuildAsync(IReadOnlyList<SchemaIndex> indexes, CancellationToken ct)
    {
        var later = new List<SchemaIndex>();
        foreach (var index in indexes)
        {
            if (!await TryBuildAsync(index, ct)) later.Add(index);
        }

        return later;
    }

    private async Task<bool> TryBuildAsync(SchemaIndex index, CancellationToken ct)
    {
        // A session of its own: a cancelled build must not come back to the pool half done.
        await using var connection = await database.DataSource.OpenConnectionAsync(ct);
        try
        {
            await ExecuteAsync(connection, $"drop index concurrently if exists ingest.{index.Name}", ct);
            await SayMeanwhileAsync(index, connection.ProcessID, ExecuteAsync(connection, index.Text, ct), ct);
            LogBuilt(log, index.Name);
            return true;
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable
            or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
        {
            return false;
        }
    }

    private async Task SayMeanwhileAsync(SchemaIndex index, int process, Task building, CancellationToken ct)
    {
        try
        {
            while (await Task.WhenAny(building, Task.Delay(SayEvery, database.Time, CancellationToken.None)) != building) await SayAsync(index, process, ct);
        }
        finally
        {
            await building;
        }
    }

    private async Task SayAsync(SchemaIndex index, int process, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(ProgressText);
        command.Parameters.Add(new NpgsqlParameter { Value = process });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (await reader.ReadAsync(ct)) LogBuilding(log, index.Name, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt64(1));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    [LoggerMessage(510, LogLevel.Information, "The index {Index} is being made: {Phase}, {Percent} %")]
    private static partial void LogBuilding(ILogger logger, string index, string phase, long? percent);

    [LoggerMessage(511, LogLevel.Information, "The index {Index} is made")]
    private static partial void LogBuilt(ILogger logger, string index);
}
