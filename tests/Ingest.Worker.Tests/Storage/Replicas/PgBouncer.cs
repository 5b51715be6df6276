using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ingest.PostgreSql.Embedded.Server;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Replicas;

/// <summary>A PgBouncer before the server of the tests.</summary>
internal sealed class PgBouncer : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ingest-pooler-");
    private Process? process;

    public static bool IsInstalled => File.Exists(Program);

    public string ConnectionString { get; private set; } = "";

    private static string Program => "/usr/sbin/pgbouncer";

    /// <summary>Starts it.</summary>
    /// <param name="server">How the database is reached without it.</param>
    /// <param name="mode">session or transaction.</param>
    /// <param name="takesOptions">Whether it overlooks the options of sessions; else it refuses whoever sends some.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<PgBouncer> StartAsync(string server, string mode, bool takesOptions, CancellationToken ct)
    {
        var (pooler, of, port) = (new PgBouncer(), new NpgsqlConnectionStringBuilder(server), FreePort());
        var password = (await File.ReadAllTextAsync(of.Passfile!, ct)).Trim().Split(':')[^1];
        var ini = Path.Combine(pooler.folder.FullName, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            ini,
            $"""
            [databases]
            * = host={of.Host} port={of.Port} user={of.Username} password={password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            ignore_startup_parameters = extra_float_digits{(takesOptions ? ",options" : "")}
            """,
            ct);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(pooler.folder.FullName, (UnixFileMode)0b111_101_101);
        string[] command = [.. ServerAccount.Choose().ShouldNotBeNull().Prefix, Program, "-q", ini];
        pooler.process = Process.Start(
            new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true });
        pooler.ConnectionString = new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = port, Username = of.Username, Database = of.Database }
            .ConnectionString;
        while (!await AnswersAsync(port, ct)) await Task.Delay(10, ct);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        folder.Delete(recursive: true);
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken ct)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port, ct);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
