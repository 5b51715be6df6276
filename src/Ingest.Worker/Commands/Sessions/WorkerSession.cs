using System.IO;
using System.Threading.Tasks;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Archive;
using Ingest.Worker.Archive.Retention;
using Ingest.Worker.Commands.Output;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Memory;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Operations;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Scheduling.Jobs;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Commands.Sessions;

/// <summary>What a command that needs the database works with: the composed rooms on a migrated database, embedded or configured.</summary>
internal sealed class WorkerSession : IAsyncDisposable
{
    private readonly EmbeddedPostgres? embedded;
    private readonly ILoggerFactory serverLogging;

    private WorkerSession(IHost host, EmbeddedPostgres? embedded, ILoggerFactory serverLogging) =>
        (Host, this.embedded, this.serverLogging) = (host, embedded, serverLogging);

    /// <summary>How long the parts of a service may take to stop once its visits have ended.</summary>
    public static TimeSpan StopGrace { get; } = TimeSpan.FromSeconds(10);

    public IHost Host { get; }

    public IServiceProvider Services => Host.Services;

    /// <summary>What was done about the schema when the session was opened.</summary>
    public MigrationResult.Current Schema { get; private set; } = new([], [], null);

    /// <summary>Ends when the embedded PostgreSQL exits unexpectedly; never, without one.</summary>
    public Task DatabaseExited => embedded?.Exited ?? Task.Delay(Timeout.Infinite);

    /// <summary>Opens a session. What keeps it from being opened is told on the error output.</summary>
    /// <param name="configFile">The file named by <c>--config</c>; null for the usual one.</param>
    /// <param name="isService">True for the service: Quartz runs, and the data directory must be this worker's own.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="migrate">True applies migrations even where they are switched off at start.</param>
    /// <returns>The session, or null when it cannot be opened.</returns>
    /// <exception cref="WordedException">The settings are wrong, or name a connection string that is not there.</exception>
    public static async Task<WorkerSession?> OpenAsync(string? configFile, bool isService, CancellationToken ct, bool migrate = false)
    {
        var builder = CreateBuilder(configFile, isService);
        ct.ThrowIfCancellationRequested();
        var serverLogging = LoggerFactory.Create(logging => AddLogging(logging, builder.Configuration));
        var (session, embedded, isOpen) = ((WorkerSession?)null, (EmbeddedPostgres?)null, false);
        try
        {
            (var connectionString, embedded) = await ConnectAsync(builder.Configuration, isService, serverLogging, ct);
            if (connectionString is null) return null;
            var (reading, fault) = builder.Configuration[ReadingDatabase.Key] is { Length: > 0 } replica
                ? await ConnectionText.ReadAsync(replica, ReadingDatabase.Key, ct)
                : (null, null);
            if (fault is not null) await Console.Error.WriteLineAsync(fault);
            if (fault is not null) return null;
            builder.Services.AddStorage(connectionString, reading);
            session = new WorkerSession(builder.Build(), embedded, serverLogging);
            isOpen = await session.MigrateAsync(migrate, ct);
            return isOpen ? session : null;
        }
        finally
        {
            if (!isOpen) await CloseAsync(session, embedded, serverLogging);
        }
    }

    /// <summary>Stops the embedded PostgreSQL alone, where the rest does not end.</summary>
    public ValueTask StopDatabaseAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => CloseAsync(this, embedded, serverLogging);

    private static async ValueTask CloseAsync(WorkerSession? session, EmbeddedPostgres? embedded, ILoggerFactory serverLogging)
    {
        // Connections first: a fast shutdown would cut them off.
        if (session?.Host is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else session?.Host.Dispose();
        if (embedded is not null) await embedded.DisposeAsync();
        serverLogging.Dispose();
    }

    private static HostApplicationBuilder CreateBuilder(string? configFile, bool isService)
    {
        var file = Settings.FileFor(configFile);
        var folder = Path.GetDirectoryName(file);
        var builder = new HostApplicationBuilder(
            new HostApplicationBuilderSettings
            {
                DisableDefaults = true,
                ContentRootPath = Directory.Exists(folder) ? folder : null,
                ApplicationName = IngestCommandLine.Name,
            });
        var (settings, fault) = Settings.Load(builder.Configuration, configFile, isWatched: isService);
        if (settings is null) throw new WordedException(fault!, ExitCode.Usage);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(new HeartbeatOwner(file));
        AddRooms(builder, isService);
        return builder;
    }

    private static void AddRooms(HostApplicationBuilder builder, bool isService)
    {
        AddLogging(builder.Logging, builder.Configuration);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddFetching();
        builder.Services.AddSingleton(static services =>
            new VisitSlots(services.GetRequiredService<IOptions<SchedulingOptions>>().Value.Concurrency, services.GetRequiredService<MemoryBudget>()));
        builder.Services.AddIngestion();
        builder.Services.AddOptions<SchedulingOptions>().BindConfiguration(SchedulingOptions.Section).ValidateDataAnnotations();
        if (!isService) return;
        var scheduling = builder.Configuration.GetSection(SchedulingOptions.Section).Get<SchedulingOptions>() ?? new SchedulingOptions();
        builder.Services.AddOperations(builder.Configuration);
        builder.Services.AddSystemd();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = scheduling.DrainTimeout + StopGrace);
        var retention = builder.Configuration.GetSection(RetentionOptions.Section).Get<RetentionOptions>() ?? new RetentionOptions();
        builder.Services.AddRetention();
        builder.AddScheduling(scheduling, builder.Configuration.GetSection(SearchOptions.Section).Get<SearchOptions>() ?? new SearchOptions());
        builder.Services.AddSingleton(PlannedJob.Every<RetentionJob>(RetentionJob.Key, retention.Every));
        builder.Services.AddWebhooks();
        builder.Services.AddHostedService<SourceWatch>();
        builder.Services.AddHostedService<Heartbeat>();
    }

    private static void AddLogging(ILoggingBuilder logging, IConfiguration configuration) =>
        ConsoleLog.Add(logging, configuration, LastWords.ShowsTraces(configuration));

    private static async Task<(string? ConnectionString, EmbeddedPostgres? Embedded)> ConnectAsync(
        IConfiguration configuration, bool isService, ILoggerFactory logging, CancellationToken ct)
    {
        if (configuration.GetConnectionString("Ingest") is { Length: > 0 } configured)
        {
            var (connection, fault) = await ConnectionText.ReadAsync(configured, ct);
            return fault is null ? (connection, null) : throw new WordedException(fault, ExitCode.Usage);
        }

        var options = configuration.GetSection(EmbeddedPostgresOptions.Section).Get<EmbeddedPostgresOptions>() ?? new EmbeddedPostgresOptions();
        var start = await EmbeddedPostgres.StartAsync(options, logging.CreateLogger<EmbeddedPostgres>(), TimeProvider.System, ct);
        switch (start)
        {
            case EmbeddedStart.Started started:
                return (started.Postgres.ConnectionString, started.Postgres);
            case EmbeddedStart.InUse inUse when !isService:
                return (inUse.ConnectionString, null);
            case EmbeddedStart.InUse inUse:
                await Console.Error.WriteLineAsync(inUse.Message);
                return (null, null);
            case EmbeddedStart.Unavailable unavailable:
                await Console.Error.WriteLineAsync(unavailable.Reason);
                return (null, null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<bool> MigrateAsync(bool migrate, CancellationToken ct)
    {
        var apply = migrate || Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value.MigrateAtStart;
        try
        {
            var database = Services.GetRequiredService<Database>();
            if (await PoolerCheck.FaultAsync(database, needsSessions: true, ct) is { } pooled)
                throw new WordedException($"{database.Name} {pooled}. ({ConnectionText.Key})");
            var migrator = Services.GetRequiredService<Migrator>();
            // Elsewhere the log tells of it.
            await using var progress = Progress.OnTerminal(
                () => migrator.Making is { } index ? new Measure($"indexes made, {index.Name}: {index.Phase}", index.Before, index.All) : null);
            var result = await migrator.MigrateAsync(apply, ct);
            if (result is MigrationResult.Refused refused) await Console.Error.WriteLineAsync(refused.Reason);
            Schema = result as MigrationResult.Current ?? Schema;
            return result is MigrationResult.Current;
        }
        catch (Exception error) when (DatabaseFault.Say(error) is not null)
        {
            await Console.Error.WriteLineAsync(
                $"{Services.GetRequiredService<Database>().Name} cannot be used: it {DatabaseFault.Say(error)}. ({ConnectionText.Key})");
        }

        return false;
    }
}
