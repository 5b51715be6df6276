using System.Diagnostics;
using System.Globalization;
using Ingest.PostgreSql.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Campaign;

/// <summary>A PostgreSQL of the trial's own, which can be stopped like one that crashes.</summary>
internal sealed class TrialServer(string folder, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private EmbeddedPostgres? running;

    /// <summary>The same over every restart.</summary>
    public string ConnectionString { get; private set; } = "";

    public bool HasEnded => running?.Exited.IsCompleted != false;

    private string PidFile => Path.Combine(folder, "cluster", "postmaster.pid");

    /// <summary>Starts it, or starts it again.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        if (running is not null) await running.DisposeAsync();
        running = null;
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = new Dictionary<string, string>(settings, StringComparer.Ordinal) };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, ct);
        if (start is not EmbeddedStart.Started started)
            throw new TrialException((start as EmbeddedStart.Unavailable)?.Reason ?? "Another process has the trial's folder.");
        running = started.Postgres;
        ConnectionString = running.ConnectionString;
    }

    /// <summary>Ends it without a word to anyone, and without writing what it had not: an immediate shutdown.</summary>
    public async Task CrashAsync(CancellationToken ct)
    {
        var pid = (await File.ReadAllLinesAsync(PidFile, ct))[0];
        using var kill = Process.Start("kill", ["-QUIT", pid]);
        await kill.WaitForExitAsync(ct);
        if (running is not null) await running.Exited.WaitAsync(TimeSpan.FromMinutes(1), ct);
    }

    /// <summary>Rows of a statement, each column as text; null when the server cannot answer now.</summary>
    public async Task<IReadOnlyList<string[]>?> TryAskAsync(string sql, CancellationToken ct)
    {
        try
        {
            return await AskAsync(sql, ct);
        }
        catch (Exception error) when (error is NpgsqlException or TimeoutException or IOException)
        {
            return null;
        }
    }

    /// <summary>Rows of a statement, each column as text.</summary>
    public async Task<IReadOnlyList<string[]>> AskAsync(string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=10");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        List<string[]> rows = [];
        while (await reader.ReadAsync(ct))
            rows.Add(
                [.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture) ?? "")]);
        return rows;
    }

    /// <summary>Holds a table in a lock that nobody gets past.</summary>
    public async Task LockAsync(string table, TimeSpan length, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(ct);
        await using var holding = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand($"lock table ingest.{table} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(ct);
        await Task.Delay(length, ct);
    }

    /// <summary>Articles stored so far; -1 when the server cannot answer now.</summary>
    public async Task<long> ArticlesAsync(CancellationToken ct) =>
        await TryAskAsync("select count(*) from ingest.articles", ct) is [var row] ? long.Parse(row[0], CultureInfo.InvariantCulture) : -1;

    public async ValueTask DisposeAsync()
    {
        if (running is not null) await running.DisposeAsync();
    }
}
