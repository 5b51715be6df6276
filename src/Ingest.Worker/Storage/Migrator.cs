using System.Globalization;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage;

/// <summary>Whether the database fits this worker.</summary>
internal abstract record MigrationResult
{
    private MigrationResult()
    {
    }

    /// <summary>The schema is this worker's.</summary>
    /// <param name="Applied">The migrations that were applied now.</param>
    internal sealed record Current(IReadOnlyList<string> Applied) : MigrationResult;

    /// <summary>The worker must not run on this database.</summary>
    internal sealed record Refused(string Reason) : MigrationResult;
}

/// <summary>Brings the schema up to this worker's, or says why it cannot.</summary>
internal sealed partial class Migrator(Database database, ILogger<Migrator> log)
{
    /// <summary>The oldest server that the schema works on.</summary>
    public const int OldestMajor = 15;

    // EF Core's own lock ends with the first migration's transaction; this one is held until the last.
    private const long Lock = 0x696E67657374;

    /// <summary>Checks the server's version and the schema's, and applies what is missing; an advisory lock lets one worker at a time do it.</summary>
    /// <param name="apply">False to check only: missing migrations are then a refusal.</param>
    /// <param name="ct">Cancels between migrations.</param>
    public async Task<MigrationResult> MigrateAsync(bool apply, CancellationToken ct)
    {
        var (major, encoding) = await database.ReadAsync(
            static (connection, _) => Task.FromResult((connection.PostgreSqlVersion.Major, connection.PostgresParameters.GetValueOrDefault("server_encoding"))),
            ct);
        if (major < OldestMajor)
            return new MigrationResult.Refused(string.Create(
                CultureInfo.InvariantCulture, $"{database.Name} is PostgreSQL {major}; version {OldestMajor} or newer is needed"));
        if (encoding != "UTF8")
            return new MigrationResult.Refused(
                $"{database.Name} is encoded in {encoding}, which cannot hold the texts of all languages; make another database: "
                    + "create database … template template0 encoding 'UTF8'");

        var (missing, refused) = await CompareAsync(ct);
        if (refused is not null) return refused;
        if (missing.Count == 0) return new MigrationResult.Current([]);
        if (!apply)
            return new MigrationResult.Refused($"the schema of {database.Name} lacks {string.Join(", ", missing)}; run \"ingest-worker database migrate\"");
        await using var holder = await database.DataSource.OpenConnectionAsync(ct);
        await ExecuteAsync(holder, "select pg_advisory_lock($1)", ct);
        try
        {
            // Another worker may have applied them meanwhile, or more of them.
            (missing, refused) = await CompareAsync(ct);
            return refused ?? (missing.Count == 0 ? new MigrationResult.Current([]) : await ApplyAsync(missing, ct));
        }
        finally
        {
            await ExecuteAsync(holder, "select pg_advisory_unlock($1)", CancellationToken.None);
        }
    }

    private async Task<(IReadOnlyList<string> Missing, MigrationResult.Refused? Refused)> CompareAsync(CancellationToken ct)
    {
        var known = typeof(Migrator).Assembly.GetTypes()
            .Select(static type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var applied = await AppliedAsync(ct);
        if (applied.Where(migration => !known.Contains(migration)).ToList() is { Count: > 0 } newer)
            return ([], new MigrationResult.Refused($"the schema of {database.Name} was made by a newer version (it has {newer[^1]}); upgrade this worker"));
        return ([.. known.Except(applied, StringComparer.Ordinal).Order(StringComparer.Ordinal)], null);
    }

    private async Task<MigrationResult> ApplyAsync(IReadOnlyList<string> missing, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        try
        {
            // Indexes of a large table take longer than any statement of the worker's.
            context.Database.SetCommandTimeout(0);
            await context.Database.MigrateAsync(ct);
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return new MigrationResult.Refused(
                $"the schema of {database.Name} cannot be made: {error.MessageText}; grant CREATE on the database, "
                    + "or run \"ingest-worker database migrate\" as its owner");
        }

        LogMigrated(log, database.Name, string.Join(", ", missing));
        return new MigrationResult.Current(missing);
    }

    // Waiting for the lock has no time limit either.
    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    // Asked without EF Core, whose model takes a second to build that a worker on a current schema need not spend.
    private Task<IReadOnlyList<string>> AppliedAsync(CancellationToken ct) =>
        database.ReadAsync<IReadOnlyList<string>>(
            static async (connection, ct) =>
            {
                await using var exists = new NpgsqlCommand("select to_regclass('ingest.schema_migrations') is not null", connection);
                if (await exists.ExecuteScalarAsync(ct) is false) return [];
                await using var command = new NpgsqlCommand("select migration_id from ingest.schema_migrations order by migration_id", connection);
                await using var reader = await command.ExecuteReaderAsync(ct);
                var applied = new List<string>();
                while (await reader.ReadAsync(ct)) applied.Add(reader.GetString(0));
                return applied;
            },
            ct);

    [LoggerMessage(502, LogLevel.Information, "Migrated {Database}: {Migrations}")]
    private static partial void LogMigrated(ILogger logger, string database, string migrations);
}
