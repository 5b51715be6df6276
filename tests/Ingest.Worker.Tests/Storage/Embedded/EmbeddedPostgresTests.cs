using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Ingest.Worker.Storage.Embedded;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ingest.Worker.Tests.Storage.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests(ClusterSeed seed) : IClassFixture<ClusterSeed>, IDisposable
{
    private readonly string folder = ClusterSeed.CreateFolder();
    private readonly List<string> log = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_first_start_makes_a_utf8_database_that_knows_upper_case_beyond_ascii()
    {
        await using var postgres = await StartedAsync();
        (await ScalarAsync(
            postgres.ConnectionString,
            "select current_database() || ' ' || pg_encoding_to_char(encoding) || ' ' || lower('ÉCOLE') from pg_database where datname = current_database()"))
            .ShouldBe("ingest UTF8 école");
        (await ScalarAsync(postgres.ConnectionString, "select string_agg(w, ',' order by w) from unnest(array['a','B','é','z']) w")).ShouldBe("B,a,z,é");
    }

    [Fact]
    public async Task It_listens_on_a_socket_of_its_own_account_only_and_asks_for_the_password()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var postgres = await StartedAsync();
        (await ScalarAsync(postgres.ConnectionString, "show listen_addresses")).ShouldBe("");
        (await ScalarAsync(postgres.ConnectionString, "select string_agg(distinct auth_method, ',') from pg_hba_file_rules")).ShouldBe("scram-sha-256");
        File.GetUnixFileMode(Path.Combine(folder, "pgpass")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        postgres.ConnectionString.ShouldNotContain("Password");

        var guess = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Passfile = null, Password = "guess", Pooling = false }.ConnectionString;
        (await Should.ThrowAsync<PostgresException>(() => ScalarAsync(guess, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task A_second_start_finds_what_the_first_wrote()
    {
        await seed.CopyToAsync(folder, Ct);
        await using (var first = await StartedAsync())
            await PostgresFixture.ExecuteAsync(first.ConnectionString, "create table kept as select 42 as answer", Ct);
        await using var second = await StartedAsync();
        (await ScalarAsync(second.ConnectionString, "select answer::text from kept")).ShouldBe("42");
    }

    [Fact]
    public async Task A_disposed_server_is_gone_and_has_shut_down_cleanly()
    {
        await seed.CopyToAsync(folder, Ct);
        int pid;
        await using (var postgres = await StartedAsync()) pid = await PostmasterPidAsync(postgres.ConnectionString);
        IsAlive(pid).ShouldBeFalse();
        await using var again = await StartedAsync();
        log.ShouldContain(static line => line.Contains("database system was shut down at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_in_the_environment_is_not_taken_for_ours()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var host = await EmbeddedHost.StartAsync(folder, [], Ct);
        (await ScalarAsync(host.ConnectionString + ";Pooling=false", "select 'up'")).ShouldBe("up");
    }

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
    public async Task An_ordinary_user_runs_it_as_themselves()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Every other test shows it: this run is an ordinary user's.");
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        await using var host = await EmbeddedHost.StartAsync(
            Path.Combine(folder, "theirs"), ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"], Ct);
        (await ScalarAsync(host.ConnectionString, "select 'up'")).ShouldBe("up");
    }

    [Fact]
    public async Task A_configured_port_opens_on_loopback_alone()
    {
        await seed.CopyToAsync(folder, Ct);
        await using var postgres = await StartedAsync(new EmbeddedPostgresOptions { DataDirectory = folder, Port = 0 });
        (await ScalarAsync(postgres.ConnectionString, "show listen_addresses")).ShouldBe("127.0.0.1");
        var port = int.Parse(await ScalarAsync(postgres.ConnectionString, "show port"), CultureInfo.InvariantCulture);
        var overTcp = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Host = "127.0.0.1", Port = port }.ConnectionString;
        (await ScalarAsync(overTcp, "select host(inet_client_addr())")).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task A_directory_too_long_for_a_socket_is_served_over_loopback()
    {
        var deep = Path.Combine(folder, new string('d', 60), new string('e', 60));
        await seed.CopyToAsync(deep, Ct);
        await using var postgres = await StartedAsync(new EmbeddedPostgresOptions { DataDirectory = deep });
        postgres.ConnectionString.ShouldContain("Host=127.0.0.1");
        (await ScalarAsync(postgres.ConnectionString, "select 'up'")).ShouldBe("up");
    }

    [Fact]
    public async Task Settings_reach_the_server()
    {
        var awkward = Path.Combine(folder, "with space, and comma");
        await seed.CopyToAsync(awkward, Ct);
        await using var postgres = await StartedAsync(new EmbeddedPostgresOptions
        {
            DataDirectory = awkward,
            Settings = new Dictionary<string, string> { ["work_mem"] = "7MB" },
        });
        (await ScalarAsync(postgres.ConnectionString, "show work_mem")).ShouldBe("7MB");
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

    [Fact]
    public async Task A_setting_the_server_refuses_is_told_in_its_own_words()
    {
        await seed.CopyToAsync(folder, Ct);
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = new Dictionary<string, string> { ["shared_buffers"] = "plenty" } };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, Ct);
        start.ShouldBeOfType<EmbeddedStart.Unavailable>().Reason.ShouldContain("invalid value for parameter \"shared_buffers\": \"plenty\"");
    }

    private string PidFile => Path.Combine(folder, "cluster", "postmaster.pid");

    private Task<EmbeddedStart> StartAsync(EmbeddedPostgresOptions options)
    {
        options.Settings["fsync"] = "off";
        return EmbeddedPostgres.StartAsync(options, new ListLogger(log), TimeProvider.System, Ct);
    }

    private Task<EmbeddedPostgres> StartedAsync() => StartedAsync(new EmbeddedPostgresOptions { DataDirectory = folder });

    private async Task<EmbeddedPostgres> StartedAsync(EmbeddedPostgresOptions options)
    {
        var start = await StartAsync(options);
        (start as EmbeddedStart.Unavailable)?.Reason.ShouldBeNull();
        return start.ShouldBeOfType<EmbeddedStart.Started>().Postgres;
    }

    private static async Task<string> ScalarAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync(Ct)).ShouldBeOfType<string>();
    }

    private static async Task<int> PostmasterPidAsync(string connectionString) =>
        int.Parse(await ScalarAsync(connectionString, "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"), CultureInfo.InvariantCulture);

    private static bool IsAlive(int pid)
    {
        // A dead process stays listed until its parent, which may be anyone by then, has asked for its exit code.
        if (File.Exists("/proc/self/stat")) return Stat(pid) is not ([] or ["Z", ..]);
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task UntilGoneAsync(int pid)
    {
        for (var wait = 0; IsAlive(pid) && wait < 1500; wait++) await Task.Delay(20, Ct);
        IsAlive(pid).ShouldBeFalse();
    }

    // The shells of the server's session: its parent and that one's other child.
    private static IEnumerable<int> Watchdogs(int pid) =>
        from entry in Directory.EnumerateDirectories("/proc")
        let other = int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out var number) ? number : 0
        where other != 0 && other != pid && Session(other) == Session(pid) && File.ReadAllText(Path.Combine(entry, "comm")).Trim() == "sh"
        select other;

    private static string Session(int pid) => Stat(pid).ElementAtOrDefault(3) ?? "";

    // State, parent, group, session and so on; none for a process that is gone.
    private static string[] Stat(int pid)
    {
        try
        {
            var stat = File.ReadAllText(FormattableString.Invariant($"/proc/{pid}/stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private sealed class ListLogger(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines) lines.Add(formatter(state, exception));
        }
    }
}
