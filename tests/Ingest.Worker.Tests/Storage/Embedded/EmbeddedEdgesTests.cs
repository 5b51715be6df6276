using System.Diagnostics;
using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>Folders, files, environments and neighbours as a machine may have them: it works, or one sentence says what is wrong and what to do.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedEdgesTests(ClusterSeed seed) : IClassFixture<ClusterSeed>, IDisposable
{
    private readonly string folder = ClusterSeed.CreateFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Cluster => Path.Combine(folder, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private string Pass => Path.Combine(folder, "pgpass");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("garbage\n")]
    [InlineData("99999999999999\n")]
    [InlineData("-1\n")]
    [InlineData("0\n")]
    [InlineData("1\n")]
    public async Task A_pid_file_that_names_no_server_is_no_obstacle(string content)
    {
        await seed.CopyToAsync(folder, Ct);
        await File.WriteAllTextAsync(PidFile, content, Ct);
        await ShouldStartAsync(folder);
    }

    [Fact]
    public async Task A_process_that_only_looks_like_the_server_is_left_alone()
    {
        await seed.CopyToAsync(folder, Ct);
        var program = Path.Combine(folder, "postgres");
        File.Copy("/bin/sh", program);
        using var stranger = Process.Start(
            new ProcessStartInfo(program, ["-c", "read line", "-D", Cluster])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                UseShellExecute = false,
            })
            .ShouldNotBeNull();
        using var reader = Process.Start(
            new ProcessStartInfo("tail", ["-f", Path.Combine(Cluster, "postgresql.conf")]) { RedirectStandardOutput = true, UseShellExecute = false })
            .ShouldNotBeNull();
        try
        {
            foreach (var process in (Process[])[stranger, reader])
            {
                await File.WriteAllTextAsync(PidFile, FormattableString.Invariant($"{process.Id}\n{Cluster}\n1\n5432\n{folder}/run\n\n  1 1\nready   \n"), Ct);
                await ShouldStartAsync(folder);
            }

            stranger.HasExited.ShouldBeFalse();
            reader.HasExited.ShouldBeFalse();
        }
        finally
        {
            stranger.Kill();
            reader.Kill();
        }
    }

    [Fact]
    public async Task A_socket_that_a_crashed_server_left_is_removed_with_its_lock()
    {
        await seed.CopyToAsync(folder, Ct);
        await ShouldStartAsync(folder);
        var left = Path.Combine(folder, "run", ".s.PGSQL.5432.lock");
        await File.WriteAllTextAsync(left, FormattableString.Invariant($"{Environment.ProcessId}\n{Cluster}\n1\n5432\n"), Ct);
        await ShouldStartAsync(folder);
        File.Exists(left).ShouldBeFalse();
    }

    [Theory]
    [InlineData("", "does not hold a version")]
    [InlineData("abc\n", "does not hold a version")]
    [InlineData("99999999999\n", "does not hold a version")]
    [InlineData("9.6\n", "made by PostgreSQL 9.6, and the worker needs 15 or later")]
    [InlineData("14\n", "made by PostgreSQL 14, and the worker needs 15 or later")]
    public async Task A_cluster_of_no_usable_version_is_told_with_the_remedy(string version, string told)
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), version, Ct);
        await ShouldRefuseAsync(folder, Cluster, told, "Ingest:EmbeddedPostgres:DataDirectory");
    }

    [Fact]
    public async Task A_cluster_without_its_version_is_not_overwritten()
    {
        var kept = Path.Combine(Directory.CreateDirectory(Cluster).FullName, "base");
        await File.WriteAllTextAsync(kept, "articles", Ct);
        await ShouldRefuseAsync(folder, Cluster, "PG_VERSION", "backup");
        File.Exists(kept).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("*:*:*:ingest:\n")]
    public async Task A_password_file_that_is_none_is_told_before_the_server_starts(string? content)
    {
        await seed.CopyToAsync(folder, Ct);
        if (content is null) File.Delete(Pass);
        else await File.WriteAllTextAsync(Pass, content, Ct);
        await ShouldRefuseAsync(folder, Pass, "docs/operating.md");
    }

    [Fact]
    public async Task A_wrong_password_is_told_by_its_file()
    {
        await seed.CopyToAsync(folder, Ct);
        await File.WriteAllTextAsync(Pass, "*:*:*:ingest:wrong\n", Ct);
        await ShouldRefuseAsync(folder, Pass, "password authentication failed");
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("quote' \"double\" $HOME `id` %s \\back")]
    [InlineData("-dash; 新聞 = é ")]
    public async Task A_folder_may_be_named_anything(string name)
    {
        var odd = Path.Combine(folder, name);
        await ShouldStartAsync(odd);
        await ShouldStartAsync(odd);
    }

    [Fact]
    public async Task A_link_to_the_data_folder_is_as_good_as_the_folder()
    {
        var real = Path.Combine(folder, "real");
        await seed.CopyToAsync(real, Ct);
        var link = File.CreateSymbolicLink(Path.Combine(folder, "link"), real).FullName;
        await ShouldStartAsync(link);
    }

    internal static async Task ShouldStartAsync(string directory)
    {
        var start = await EmbeddedPostgres.StartAsync(Options(directory), NullLogger.Instance, TimeProvider.System, Ct);
        (start as EmbeddedStart.Unavailable)?.Reason.ShouldBeNull();
        await using var postgres = start.ShouldBeOfType<EmbeddedStart.Started>().Postgres;
        await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = source.CreateCommand("select 'up'");
        (await command.ExecuteScalarAsync(Ct)).ShouldBe("up");
    }

    internal static async Task ShouldRefuseAsync(string directory, params string[] told)
    {
        var start = await EmbeddedPostgres.StartAsync(Options(directory), NullLogger.Instance, TimeProvider.System, Ct);
        var reason = start.ShouldBeOfType<EmbeddedStart.Unavailable>().Reason;
        foreach (var part in told) reason.ShouldContain(part);
        reason.ShouldNotContain('\n');
    }

    private static EmbeddedPostgresOptions Options(string directory) =>
        new()
        {
            DataDirectory = directory,
            StartTimeout = TimeSpan.FromSeconds(60),
            Settings = new Dictionary<string, string> { ["fsync"] = "off", ["shared_buffers"] = "16MB" },
        };
}
