using System.Diagnostics;
using System.Globalization;
using Ingest.PostgreSql.Embedded;
using Ingest.PostgreSql.Embedded.Server;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Replicas;

/// <summary>A standby that follows the server of the tests by streaming, made with pg_basebackup.</summary>
internal sealed class StandbyServer : IAsyncDisposable
{
    private const int Port = 5432;

    private readonly DirectoryInfo folder;
    private readonly IReadOnlyList<string> control;

    private StandbyServer(DirectoryInfo folder, IReadOnlyList<string> control, string connectionString)
    {
        this.folder = folder;
        this.control = control;
        ConnectionString = connectionString;
    }

    /// <summary>The same database as that of the primary's.</summary>
    public string ConnectionString { get; }

    /// <summary>Copies the server of a database, and follows it.</summary>
    public static async Task<StandbyServer> StartAsync(string primary, CancellationToken ct)
    {
        var account = ServerAccount.Choose().ShouldNotBeNull();
        var search = await PostgresSearch.LookAsync(PostgresSearch.PlacesFor(PostgresFixture.BinDirectory), ct);
        var binaries = search.Newest(await MajorAsync(primary, ct)).ShouldNotBeNull();
        var copy = Path.Combine(binaries.Folder, "pg_basebackup");
        if (!File.Exists(copy)) Assert.Skip($"There is no {copy}.");
        var (folder, of) = (Directory.CreateTempSubdirectory("ingest-standby-"), new NpgsqlConnectionStringBuilder(primary));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var data = Path.Combine(folder.FullName, "data");
        (await account.CreateFolderAsync(data, ct)).ShouldBeNull();

        // The server's account cannot read the file with the password, so that the password itself is written beside the address of the primary.
        var password = (await File.ReadAllTextAsync(of.Passfile!, ct)).Trim().Split(':')[^1];
        await RunAsync(
            [
                copy, "-h", of.Host!, "-p", of.Port.ToString(CultureInfo.InvariantCulture), "-U", of.Username!,
                "-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync",
            ],
            password,
            ct);
        if (account.Owner is { } owner) await RunAsync(["chown", "-R", $"{owner.Uid}:{owner.Gid}", data], "", ct);
        var options = $"-p {Port} -c listen_addresses= -c unix_socket_directories={data} -c max_connections=300 -c max_prepared_transactions=2 -c fsync=off";
        IReadOnlyList<string> control = [.. account.Prefix, Path.Combine(binaries.Folder, "pg_ctl"), "-D", data, "-w"];
        await RunAsync([.. control, "-l", Path.Combine(data, "log"), "-o", options, "start"], "", ct);
        return new StandbyServer(
            folder,
            control,
            new NpgsqlConnectionStringBuilder { Host = data, Port = Port, Username = of.Username, Password = password, Database = of.Database }
                .ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pooled = new NpgsqlConnection(ConnectionString)) NpgsqlConnection.ClearPool(pooled);
        await RunAsync([.. control, "-m", "immediate", "stop"], "", CancellationToken.None);
        folder.Delete(recursive: true);
    }

    private static async Task<int> MajorAsync(string primary, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(primary);
        await connection.OpenAsync(ct);
        return connection.PostgreSqlVersion.Major;
    }

    private static async Task RunAsync(IReadOnlyList<string> command, string password, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PGPASSWORD"] = password;
        using var process = Process.Start(start).ShouldNotBeNull();

        // What goes on holds the pipes open.
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.OutputDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!process.HasExited) await Task.Delay(10, ct);
        process.ExitCode.ShouldBe(0, $"{string.Join(' ', command)}\n{errors}");
    }
}
