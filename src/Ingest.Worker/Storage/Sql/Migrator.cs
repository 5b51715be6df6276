using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql.Indexes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ingest.Worker.Storage.Sql;

/// <summary>Whether the database fits this worker.</summary>
internal abstract record MigrationResult
{
    private MigrationResult()
    {
    }

    /// <summary>The schema is this worker's.</summary>
    /// <param name="Applied">The migrations that were applied now.</param>
    /// <param name="Made">The functions and views that were made or replaced now.</param>
    /// <param name="NewerObjects">The version of a newer worker whose functions and views stay; null for none.</param>
    internal sealed record Current(IReadOnlyList<string> Applied, IReadOnlyList<string> Made, Version? NewerObjects) : MigrationResult
    {
        /// <summary>How many changes of a restored log got numbers of this server; null when it was its own.</summary>
        public long? Rebased { get; init; }

        /// <summary>The indexes of large tables that were made now.</summary>
        public IReadOnlyList<string> Indexes { get; init; } = [];
    }

    /// <summary>The worker must not run on this database.</summary>
    internal sealed record Refused(string Reason) : MigrationResult;
}

/// <summary>Brings the schema up to this worker's, or says why it cannot.</summary>
internal sealed partial class Migrator(Database database, ILogger<Migrator> log)
{
    /// <summary>The oldest server that the schema works on.</summary>
    public const int OldestMajor = 15;

    private readonly IndexBuilder builder = new(database, log);

    /// <summary>The index that is being made; null for none.</summary>
    public IndexWork? Making => builder.Making;

    /// <summary>What is expected of the schema.</summary>
    internal SchemaOfWorker Worker { get; init; } = SchemaOfWorker.Own;

    /// <summary>
    /// Checks the server's version and the schema's, and applies what is missing: indexes of large tables, while others read and write and the functions of
    /// before go on; then migrations, functions and views, all or nothing. One worker at a time does it.
    /// </summary>
    /// <param name="apply">False to check only: what is missing is then a refusal.</param>
    /// <param name="ct">Cancels without a change.</param>
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

        var (gap, verdict) = await CompareAsync(apply, ct);
        if (verdict is MigrationResult.Refused) return verdict;
        if (verdict is MigrationResult.Current && !await database.ReadAsync(RestoredLog.IsAheadAsync, ct)) return verdict;
        if (!apply) return NotRebased();
        await using var turn = await UpgradeTurn.TakeAsync(database, ct);
        // Another worker may have applied them meanwhile, or more of them.
        (gap, verdict) = await CompareAsync(apply, ct);
        verdict ??= await ApplyAsync(gap!, ct);
        return verdict is MigrationResult.Current current ? await RebaseAsync(current, ct) : verdict;
    }

    // A verdict ends it; without one there is a gap to be closed.
    private async Task<(SchemaGap.Lacks? Gap, MigrationResult? Verdict)> CompareAsync(bool apply, CancellationToken ct)
    {
        switch (SchemaGap.Between(await database.ReadAsync(SchemaState.LoadAsync, ct), Worker))
        {
            case SchemaGap.TooNew newer:
                return (null, new MigrationResult.Refused(
                    $"the schema of {database.Name} was made by a newer version (it has {newer.Migration}); upgrade this worker"));
            case SchemaGap.TooOld:
                return (null, new MigrationResult.Refused(
                    $"the schema of {database.Name} was made by a version before 0.2.0, from which there is no upgrade; export its articles with that version "
                        + "(\"ingest-worker export --format jsonl --out articles.jsonl\") and read them into a new database with this one "
                        + "(\"ingest-worker import articles.jsonl\")"));
            case SchemaGap.Lacks { IsNothing: true } current:
                return (null, new MigrationResult.Current([], [], current.NewerObjects));
            case SchemaGap.Lacks { Migrations: { Count: > 0 } missing } when !apply:
                return (null, new MigrationResult.Refused(
                    $"the schema of {database.Name} lacks {string.Join(", ", missing)}; run \"ingest-worker database migrate\""));
            case SchemaGap.Lacks { Objects: [], Indexes: var indexes } when !apply:
                return (null, new MigrationResult.Refused(
                    $"{database.Name} lacks indexes ({string.Join(", ", indexes.Select(static one => one.Name))}); run \"ingest-worker database migrate\""));
            case SchemaGap.Lacks { Objects: var others } when !apply:
                return (null, new MigrationResult.Refused(
                    $"{Named(others)} in {database.Name} are of another version; run \"ingest-worker database migrate\" as their owner"));
            case SchemaGap.Lacks gap:
                return (gap, null);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<MigrationResult> ApplyAsync(SchemaGap.Lacks gap, CancellationToken ct)
    {
        try
        {
            var later = await builder.BuildAsync(gap.Indexes, ct);
            var made = gap.Migrations.Count > 0
                ? await UpgradeAsync(gap, ct)
                : await database.SaveAsync((connection, ct) => new ObjectWriter(connection, Worker).WriteAsync(gap.Objects, ct), ct);
            if ((await builder.BuildAsync(later, ct)).Count > 0) throw new InvalidOperationException($"{later[0].Name} is an index of what is not there.");
            if (gap.Migrations.Count > 0) LogMigrated(log, database.Name, string.Join(", ", gap.Migrations));
            if (made.Count > 0) LogMade(log, database.Name, string.Join(", ", made));
            return new MigrationResult.Current(gap.Migrations, made, gap.NewerObjects) { Indexes = [.. gap.Indexes.Select(static one => one.Name)] };
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return new MigrationResult.Refused(gap.Migrations.Count > 0
                ? $"the schema of {database.Name} cannot be made: {error.MessageText}; grant CREATE on the database, "
                    + "or run \"ingest-worker database migrate\" as its owner"
                : $"{Named(gap.Objects)} in {database.Name} are of another version and cannot be replaced: {error.MessageText}; "
                    + "run \"ingest-worker database migrate\" as their owner");
        }
        catch (ObjectHeldException held)
        {
            return new MigrationResult.Refused(
                $"the schema of {database.Name} cannot be brought up to this version: {held.Message}; drop what is made from it, "
                    + "run \"ingest-worker database migrate\", and make it again");
        }
        finally
        {
            // A migration may have left temporary functions and settings in its session.
            database.ClearSessions();
        }
    }

    private async Task<MigrationResult> RebaseAsync(MigrationResult.Current current, CancellationToken ct)
    {
        if (!await database.ReadAsync(RestoredLog.IsAheadAsync, ct)) return current;
        try
        {
            var rebased = await database.SaveAsync(RestoredLog.RebaseAsync, ct);
            LogRebased(log, database.Name, rebased);
            return current with { Rebased = rebased };
        }
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.InsufficientPrivilege)
        {
            return NotRebased();
        }
    }

    private MigrationResult.Refused NotRebased() => new(
        $"{database.Name} was restored from another server, and new articles would be neither found nor told of until the log of changes is numbered anew; "
            + "run \"ingest-worker database migrate\" as its owner");

    // One transaction, so that an upgrade that fails leaves a database on which the version before goes on.
    private async Task<IReadOnlyList<string>> UpgradeAsync(SchemaGap.Lacks gap, CancellationToken ct)
    {
        await using var context = database.CreateContext();
        // Indexes of a large table take longer than any statement of the worker's.
        context.Database.SetCommandTimeout(0);
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        // EF Core looks for its table in a way that would end the transaction.
        await context.Database.ExecuteSqlRawAsync(context.GetService<IHistoryRepository>().GetCreateIfNotExistsScript(), ct);
        if (gap.IsOf020) await Release020.TakeAsInitialAsync(connection, ct);
        await context.Database.MigrateAsync(ct);
        var made = await new ObjectWriter(connection, Worker).WriteAsync(gap.Objects, ct);
        await transaction.CommitAsync(ct);
        return made;
    }

    private static string Named(IReadOnlyList<SchemaObject> objects) => $"functions and views ({string.Join(", ", objects.Select(static one => one.Name))})";

    [LoggerMessage(502, LogLevel.Information, "Migrated {Database}: {Migrations}")]
    private static partial void LogMigrated(ILogger logger, string database, string migrations);

    [LoggerMessage(508, LogLevel.Information, "Made or replaced in {Database}: {Objects}")]
    private static partial void LogMade(ILogger logger, string database, string objects);

    [LoggerMessage(
        509, LogLevel.Warning,
        "{Database} was restored from another server: {Changes} changes got numbers of this one, the search index follows them again, and cursors of "
            + "changes_since from before are refused")]
    private static partial void LogRebased(ILogger logger, string database, long changes);
}
