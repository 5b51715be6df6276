using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Ingest.Worker.Storage.Embedded;
using Microsoft.Extensions.Logging.Abstractions;

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
        var program = Path.ChangeExtension(typeof(EmbeddedHost).Assembly.Location, null);
        string[] command = [.. prefix, program];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = directory;
        start.Environment["PGPASSWORD"] = "of another server";
        var child = Process.Start(start).ShouldNotBeNull();
        var line = await child.StandardOutput.ReadLineAsync(ct);
        line.ShouldNotBeNull().ShouldStartWith("Host=");
        return new EmbeddedHost(child, line);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    // Before the runner's own entry point. Everything stays on this thread: others wait for a module's initializer before they may run its code.
    [ModuleInitializer]
    internal static void RunWhenTold()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } directory || Assembly.GetEntryAssembly() != typeof(EmbeddedHost).Assembly) return;
        var options = new EmbeddedPostgresOptions { DataDirectory = directory };
        var start = EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        var started = start as EmbeddedStart.Started;
        Console.WriteLine(started?.Postgres.ConnectionString ?? start.ToString());
        Console.ReadLine();
        started?.Postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Environment.Exit(0);
    }
}
