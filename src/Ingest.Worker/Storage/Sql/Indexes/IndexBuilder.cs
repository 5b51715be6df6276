using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage.Sql.Indexes;

/// <summary>An index that is being made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">How many were made before it.</param>
/// <param name="All">How many are to be made.</param>
/// <param name="Phase">How far it is, in words.</param>
internal sealed record IndexWork(string Name, int Before, int All, string Phase);

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

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>What is being made: the index, how many were made before it, how many there are, and how far it is in words. Null for none.</summary>
    public IndexWork? Making { get; private set; }

    /// <summary>From one line about an index to the next.</summary>
    internal TimeSpan SayEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Makes them one after the other.</summary>
    /// <returns>Those of what is not there yet: a table or column that a migration adds.</returns>
    public async Task<IReadOnlyList<SchemaIndex>> BuildAsync(IReadOnlyList<SchemaIndex> indexes, CancellationToken ct)
    {
        var later = new List<SchemaIndex>();
        for (var i = 0; i < indexes.Count; i++)
        {
            Making = new IndexWork(indexes[i].Name, i, indexes.Count, "begun");
            if (!await TryBuildAsync(indexes[i], ct)) later.Add(indexes[i]);
        }

        Making = null;
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
        var said = database.Time.GetTimestamp();
        var every = LookEvery < SayEvery ? LookEvery : SayEvery;
        try
        {
            while (await Task.WhenAny(building, Task.Delay(every, database.Time, CancellationToken.None)) != building)
            {
                var isTimeToSay = database.Time.GetElapsedTime(said) >= SayEvery;
                if (isTimeToSay) said = database.Time.GetTimestamp();
                await LookAsync(index, process, isTimeToSay, ct);
            }
        }
        finally
        {
            await building;
        }
    }

    private async Task LookAsync(SchemaIndex index, int process, bool isSaid, CancellationToken ct)
    {
        await using var command = database.DataSource.CreateCommand(ProgressText);
        command.Parameters.Add(new NpgsqlParameter { Value = process });
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return;
        var (phase, percent) = (reader.GetString(0), reader.IsDBNull(1) ? null : (long?)reader.GetInt64(1));
        Making = Making is null ? null : Making with { Phase = percent is null ? phase : string.Create(CultureInfo.InvariantCulture, $"{phase} {percent} %") };
        if (isSaid) LogBuilding(log, index.Name, phase, percent);
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
