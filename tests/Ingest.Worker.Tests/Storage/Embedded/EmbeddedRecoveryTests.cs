using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded;
using static Ingest.Worker.Tests.Storage.Embedded.ServerProcesses;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>Servers whose workers died, and what they left behind.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedRecoveryTests(ClusterSeed seed) : EmbeddedServerTests, IClassFixture<ClusterSeed>
{
    [Fact]
    public async Task A_worker_killed_with_9_takes_its_server_down_cleanly()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var host = await EmbeddedHost.StartAsync(folder, [], Ct);
        await PostgresFixture.ExecuteAsync(host.ConnectionString + ";Pooling=false", "create table kept as select 42 as answer", Ct);
        var pid = await PostmasterPidAsync(host.ConnectionString);
        await host.KillAsync();
        await UntilGoneAsync(pid);

        await using var next = await StartedAsync();
        (await ScalarAsync(next.ConnectionString, "select answer::text from kept")).ShouldBe("42");
        log.ShouldContain(static line => line.Contains("database system was shut down at", StringComparison.Ordinal));
        log.ShouldNotContain(static line => line.Contains("not properly shut down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_right_after_a_killed_worker_waits_for_its_server_to_go()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var host = await EmbeddedHost.StartAsync(folder, [], Ct);
        await host.KillAsync();
        await using var next = await StartedAsync();
        (await ScalarAsync(next.ConnectionString, "select 'up'")).ShouldBe("up");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_outlived_worker_and_watchdog_is_stopped_first(bool withoutPidFile)
    {
        await seed.CopyToAsync(folder, Ct);
        if (!Directory.Exists("/proc/self/task")) Assert.Skip("Finds the watchdog through /proc.");
        await using var host = await EmbeddedHost.StartAsync(folder, [], Ct);
        var pid = await PostmasterPidAsync(host.ConnectionString);
        foreach (var watchdog in Watchdogs(pid)) Process.GetProcessById(watchdog).Kill();
        await host.KillAsync();
        IsAlive(pid).ShouldBeTrue();
        if (withoutPidFile) await File.WriteAllTextAsync(PidFile, "garbage", Ct);

        await using var next = await StartedAsync();
        IsAlive(pid).ShouldBeFalse();
        log.ShouldContain(line => line.Contains(FormattableString.Invariant($"(process {pid})"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pid_file_whose_number_now_belongs_to_another_program_is_no_obstacle()
    {
        await seed.CopyToAsync(folder, Ct);
        string left;
        await using (await StartedAsync()) left = await File.ReadAllTextAsync(PidFile, Ct);
        var lines = left.Split('\n');
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(PidFile, string.Join('\n', lines), Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "run", ".s.PGSQL.5432.lock"), string.Join('\n', lines), Ct);

        await using var next = await StartedAsync();
        (await ScalarAsync(next.ConnectionString, "select 'up'")).ShouldBe("up");
    }

    [Fact]
    public async Task A_second_worker_on_the_directory_is_told_who_has_it_and_may_use_the_database()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var host = await EmbeddedHost.StartAsync(folder, [], Ct);
        var second = (await StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder })).ShouldBeOfType<EmbeddedStart.InUse>();
        second.Message.ShouldContain(FormattableString.Invariant($"process {host.ProcessId}"));
        second.Message.ShouldContain("Ingest:EmbeddedPostgres:DataDirectory");
        (await ScalarAsync(second.ConnectionString, "select 'shared'")).ShouldBe("shared");
    }

    [Fact]
    public async Task The_server_is_beyond_the_reach_of_a_terminals_ctrl_c()
    {
        await seed.CopyToAsync(folder, Ct);
        if (!File.Exists("/proc/self/stat")) Assert.Skip("Reads the session from /proc.");
        await using var postgres = await StartedAsync();
        Session(await PostmasterPidAsync(postgres.ConnectionString)).ShouldNotBe(Session(Environment.ProcessId));
    }

    [Fact]
    public async Task A_setup_that_was_interrupted_is_cleared_away()
    {
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, "unfinished-0123abcd"));
        await File.WriteAllTextAsync(Path.Combine(unfinished.FullName, "PG_VERSION"), "15\n", Ct);
        await using var postgres = await StartedAsync();
        Directory.Exists(unfinished.FullName).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_that_ends_by_itself_is_noticed()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var postgres = await StartedAsync();
        using (var postmaster = Process.GetProcessById(await PostmasterPidAsync(postgres.ConnectionString))) postmaster.Kill();
        await postgres.Exited.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        await postgres.DisposeAsync();
        log.ShouldContain(static line => line.Contains("PostgreSQL exited unexpectedly", StringComparison.Ordinal));
    }
}
