using System.Threading.Tasks;
using Ingest.Worker.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Ingest.Worker.Storage.Postgres;

/// <summary>The door to PostgreSQL: contexts, connections, and whole transactions tried again on transient errors.</summary>
internal sealed partial class Database : IAsyncDisposable
{
    // Those of a worker that is held up get the schedule's lock one after the other, and each keeps it until it is ended.
    private const int ScheduleConnections = 4;

    /// <summary>Under this an error that kept a connection from being opened holds the setting that names the database.</summary>
    public const string SettingOfFault = "setting";

    private readonly Lazy<DbContextOptions<IngestContext>> contextOptions;
    private readonly ResiliencePipeline retry;
    private readonly string connectionString;
    private NpgsqlDataSource? schedule;

    public Database(string connectionString, StorageOptions options, TimeProvider time, ILogger<Database> log)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = options.MaxConnections;
        if (!settings.ShouldSerialize("Command Timeout")) settings.CommandTimeout = (int)options.CommandTimeout.TotalSeconds;
        if (!settings.ShouldSerialize("Max Auto Prepare")) settings.MaxAutoPrepare = 40;
        settings.ApplicationName ??= "ingest-worker";
        this.connectionString = settings.ConnectionString;
        (Options, Time, Log, Outage) = (options, time, log, new Outage(time));
        DataSource = SessionSettings.Connect(settings, mayIdle: TimeSpan.FromSeconds(60));
        contextOptions = new(ContextOptions);
        retry = BuildRetry(options, time, log);
    }

    public NpgsqlDataSource DataSource { get; }

    public StorageOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Log { get; }

    /// <summary>The setting that names it.</summary>
    public string Setting { get; init; } = "ConnectionStrings:Ingest";

    /// <summary>What is counted of the work with it.</summary>
    public StorageMetrics Metrics { get; init; } = StorageMetrics.OfNobody;

    /// <summary>Whether it can be reached.</summary>
    public Outage Outage { get; init; }

    /// <summary>Host, port and database name: what may be shown to people.</summary>
    public string Name
    {
        get
        {
            var settings = new NpgsqlConnectionStringBuilder(DataSource.ConnectionString);
            return $"{settings.Database} on {settings.Host}";
        }
    }

    /// <summary>
    /// Connections for the clustered schedule. They are its own, so that a worker whose visits take all of the others still reports that it lives; and a worker
    /// that is held up while it holds a lock of the schedule keeps the others from theirs no longer than some seconds.
    /// </summary>
    public NpgsqlDataSource CreateScheduleSource() =>
        schedule = SessionSettings.Connect(
            new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = ScheduleConnections, Timeout = 60 }, mayIdle: TimeSpan.FromSeconds(2));

    /// <summary>One connection, of which only the session matters: it ends with its process, or 20 s after its machine is gone.</summary>
    public NpgsqlDataSource CreateLockSource(string name)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MinPoolSize = 0, MaxPoolSize = 1, ApplicationName = name };
        SessionSettings.Apply(settings, mayIdle: TimeSpan.Zero);
        settings.Options = $"-c idle_session_timeout=0 -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 {settings.Options}";
        return NpgsqlDataSource.Create(settings);
    }

    public IngestContext CreateContext() => new(contextOptions.Value);

    /// <summary>Runs work on an open connection; runs it again from its beginning on a transient error.</summary>
    public async Task<T> ReadAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        await retry.ExecuteAsync(
            async (work, ct) =>
            {
                try
                {
                    await using var connection = await OpenAsync(ct);
                    var result = await work(connection, ct);
                    NoteAnswer();
                    return result;
                }
                catch (Exception error) when (RefusalScopes.SpoilsSessions(error))
                {
                    ClearSessions();
                    throw;
                }
            },
            work,
            ct);

    /// <summary>Runs work in one transaction; on a transient error the whole of it is rolled back and run again.</summary>
    public async Task<T> SaveAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> work, CancellationToken ct) =>
        await ReadAsync(
            async (connection, ct) =>
            {
                await using var transaction = await connection.BeginTransactionAsync(ct);
                var result = await work(connection, ct);

                // Whoever cancelled a commit would not know whether it was made.
                ct.ThrowIfCancellationRequested();
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            },
            ct);

    /// <summary>Opens a connection, and notes where that cannot be done.</summary>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        try
        {
            return await DataSource.OpenConnectionAsync(ct);
        }
        catch (NpgsqlException error) when ((error is PostgresException || RefusalScopes.Of(error) == RefusalScope.All) && !ct.IsCancellationRequested)
        {
            if (Outage.Begin()) LogAway(Log, error.Message);
            error.Data[SettingOfFault] = Setting;
            throw;
        }
    }

    /// <summary>Notes that the database has answered.</summary>
    public void NoteAnswer()
    {
        if (Outage.End() is { } lasted) LogBack(Log, lasted);
    }

    /// <summary>Ends the pools' idle sessions now, and the others when they are given back.</summary>
    public void ClearSessions()
    {
        DataSource.Clear();
        schedule?.Clear();
    }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    private DbContextOptions<IngestContext> ContextOptions()
    {
        var builder = new DbContextOptionsBuilder<IngestContext>();
        IngestContext.Configure(builder, DataSource);
        return builder.Options;
    }

    private ResiliencePipeline BuildRetry(StorageOptions options, TimeProvider time, ILogger log)
    {
        if (options.Retries == 0) return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(RefusalScopes.IsPassing),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(15),
                UseJitter = true,
                OnRetry = attempt =>
                {
                    Metrics.Retried();
                    LogRetry(log, attempt.AttemptNumber + 1, attempt.Outcome.Exception?.Message ?? "");
                    return default;
                },
            })
            .Build();
    }

    [LoggerMessage(526, LogLevel.Error, "PostgreSQL cannot be reached: {Error}. What follows from that is not told until it answers")]
    private static partial void LogAway(ILogger logger, string error);

    [LoggerMessage(527, LogLevel.Warning, "PostgreSQL answers again, after {Length}")]
    private static partial void LogBack(ILogger logger, TimeSpan length);

    [LoggerMessage(501, LogLevel.Warning, "PostgreSQL failed for the moment; the transaction is tried again (attempt {Attempt}): {Error}")]
    private static partial void LogRetry(ILogger logger, int attempt, string error);
}
