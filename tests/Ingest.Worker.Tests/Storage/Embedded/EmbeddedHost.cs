using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ingest.PostgreSql.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>A process that runs an embedded PostgreSQL like a worker, so that a test can kill it: this very test program, told so by its environment.</summary>
internal sealed class EmbeddedHost : IAsyncDisposable
{
    private const string Variable = "INGEST_TEST_EMBEDDED_DIRECTORY";

    private readonly Process process;

    private EmbeddedHost(Process process, string connectionString)
    {
        this.process = process;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public int ProcessId => process.Id;

    /// <summary>Starts it on <paramref name="directory"/>; <paramref name="prefix"/> are command words that run the program as someone else.</summary>
    public static async Task<EmbeddedHost> StartAsync(string directory, string[] prefix, CancellationToken ct)
    {
        var (child, line) = await AskAsync(directory, prefix, new Dictionary<string, string>(), ct);
        line.ShouldStartWith("Host=");
        return new EmbeddedHost(child, line);
    }

    /// <summary>The same with more of an environment, when it need not start.</summary>
    /// <returns>Its connection string, or why it did not start.</returns>
    public static async Task<string> AnswerAsync(string directory, string[] prefix, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var (child, line) = await AskAsync(directory, prefix, environment, ct);
        await child.StandardInput.WriteLineAsync();
        await child.WaitForExitAsync(ct);
        child.Dispose();
        return line;
    }

    private static async Task<(Process Child, string Line)> AskAsync(
        string directory, string[] prefix, IReadOnlyDictionary<string, string> environment, CancellationToken ct)
    {
        var program = Path.ChangeExtension(typeof(EmbeddedHost).Assembly.Location, null);
        string[] command = [.. prefix, program];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = directory;
        start.Environment["PGPASSWORD"] = "of another server";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var child = Process.Start(start).ShouldNotBeNull();
        var line = await child.StandardOutput.ReadLineAsync(ct);
        return (child, line.ShouldNotBeNull());
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            // Its server has gone too then, and the folder can be removed.
            await process.StandardInput.WriteLineAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    // Before the runner's own entry point. Everything stays on this thread: others wait for a module's initializer before they may run its code.
    [ModuleInitializer]
    internal static void RunWhenTold()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory || Assembly.GetEntryAssembly() != typeof(EmbeddedHost).Assembly)
            return;
        var options = new EmbeddedPostgresOptions { DataDirectory = directory, Settings = new Dictionary<string, string> { ["fsync"] = "off" } };
        var start = EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        var started = start as EmbeddedStart.Started;
        Console.WriteLine(started is null ? start.ToString() : Use(started.Postgres.ConnectionString));
        Console.ReadLine();
        started?.Postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }

    // Npgsql reads variables of its own when a connection is opened.
    private static string Use(string connectionString)
    {
        using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("select count(*) from pg_class where current_setting('transaction_read_only') = 'off'", connection);
        return command.ExecuteScalar() is > 0L ? connectionString : "read-only";
    }
}
