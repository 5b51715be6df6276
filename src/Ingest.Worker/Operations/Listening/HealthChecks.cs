using System.Globalization;
using System.Threading.Tasks;
using Ingest.Worker.Ingestion.Turns;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Saving;
using Ingest.Worker.Storage.Sql;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Ingest.Worker.Operations.Listening;

/// <summary>One thing that has to be well.</summary>
/// <param name="Name">What.</param>
/// <param name="IsWell">Whether it is.</param>
/// <param name="Words">How it is.</param>
internal sealed record HealthFact(string Name, bool IsWell, string Words);

/// <summary>
/// How the service is, for probes: alive, and ready to work. The database is asked at most once in two seconds, for its schema once in a minute.
/// </summary>
internal sealed class HealthChecks(
    Database database, Migrator migrator, WriteGate gate, TurnPulse pulse, Outage outage, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const string Writable = "select not pg_is_in_recovery() and not current_setting('transaction_read_only')::boolean";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), SchemaEvery = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(4);

    private readonly Lock turn = new();
    private Task<IReadOnlyList<HealthFact>> asking = Task.FromResult<IReadOnlyList<HealthFact>>([]);
    private long? asked, schemaAsked;
    private HealthFact? schema;

    /// <summary>Whether starting the process again would help: the schedule stands still although the database answers.</summary>
    public IReadOnlyList<HealthFact> Live() =>
        [outage.Length is { } away ? new HealthFact("schedule", true, $"waits for the database, away for {Say(away)}") : Schedule()];

    /// <summary>Whether what is fetched now could be saved.</summary>
    public async Task<IReadOnlyList<HealthFact>> ReadyAsync(CancellationToken ct)
    {
        Task<IReadOnlyList<HealthFact>> now;
        lock (turn)
        {
            if (asking.IsCompleted && (asked is null || time.GetElapsedTime(asked.Value) >= Every))
            {
                asked = time.GetTimestamp();
                asking = AskAsync();
            }

            now = asking;
        }

        return [Service(), .. await now.WaitAsync(ct), Schedule(), Saving()];
    }

    private async Task<IReadOnlyList<HealthFact>> AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await using var connection = await database.OpenAsync(patience.Token);
            await using var command = new NpgsqlCommand(Writable, connection);
            if (await command.ExecuteScalarAsync(patience.Token) is not true)
                return [new HealthFact("database", false, "takes no writes: it is a standby or read-only")];
            database.NoteAnswer();
            return [new HealthFact("database", true, "answers and takes writes"), await SchemaAsync(patience.Token)];
        }
        catch (NpgsqlException error)
        {
            return [new HealthFact("database", false, error.Message)];
        }
        catch (OperationCanceledException)
        {
            return [new HealthFact("database", false, $"has not answered within {Say(Patience)}")];
        }
    }

    private async Task<HealthFact> SchemaAsync(CancellationToken ct)
    {
        if (schema is { IsWell: true } && schemaAsked is { } before && time.GetElapsedTime(before) < SchemaEvery) return schema;
        schema = await migrator.MigrateAsync(apply: false, ct) is MigrationResult.Refused refused
            ? new HealthFact("schema", false, refused.Reason)
            : new HealthFact("schema", true, "is this version's");
        schemaAsked = time.GetTimestamp();
        return schema;
    }

    private HealthFact Service() =>
        lifetime.ApplicationStopping.IsCancellationRequested ? new HealthFact("service", false, "stops")
        : !lifetime.ApplicationStarted.IsCancellationRequested ? new HealthFact("service", false, "starts")
        : new HealthFact("service", true, "runs");

    private HealthFact Schedule() => pulse.Age <= pulse.Longest
        ? new HealthFact("schedule", true, $"goes on, last seen {Say(pulse.Age)} ago")
        : new HealthFact("schedule", false, $"stands still: no turn has begun for {Say(pulse.Age)}");

    private HealthFact Saving() => gate.Refused is { } refused
        ? new HealthFact(
            "saving", false, $"nothing can be saved, for {Say(time.GetElapsedTime(refused.Since))}: {refused.Reason}; nothing is fetched until then")
        : new HealthFact("saving", true, gate.LastSave is { } last ? $"last save {Say(time.GetUtcNow() - last)} ago" : "nothing was saved yet");

    private static string Say(TimeSpan length) => length.TotalMinutes < 2
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, length.TotalSeconds):0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours} h {length.Minutes} min");
}
