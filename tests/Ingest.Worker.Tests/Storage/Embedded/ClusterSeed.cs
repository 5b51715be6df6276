using Ingest.PostgreSql.Embedded;
using Ingest.PostgreSql.Embedded.Server;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>A data folder whose cluster is made once and copied, which is much faster than making each.</summary>
public sealed class ClusterSeed : IAsyncLifetime
{
    private readonly string folder = CreateFolder();

    /// <summary>A temporary folder that the server's account may walk through.</summary>
    public static string CreateFolder()
    {
        var made = Directory.CreateTempSubdirectory("ingest-").FullName;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(made, File.GetUnixFileMode(made) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return made;
    }

    public async ValueTask InitializeAsync()
    {
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = new Dictionary<string, string> { ["fsync"] = "off" } };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        (start as EmbeddedStart.Unavailable)?.Reason.ShouldBeNull();
        await start.ShouldBeOfType<EmbeddedStart.Started>().Postgres.DisposeAsync();
    }

    /// <summary>Owners and modes are copied too.</summary>
    public async Task CopyToAsync(string target, CancellationToken ct)
    {
        Directory.CreateDirectory(target);
        foreach (var part in (string[])["cluster", "pgpass"])
            (await ChildProcess.RunAsync(["cp", "-Rp", Path.Combine(folder, part), Path.Combine(target, part)], "", ct)).ExitCode.ShouldBe(0);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
