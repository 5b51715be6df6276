using System.Globalization;
using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Ingest.Worker.Tests.Storage.Embedded.ServerProcesses;

namespace Ingest.Worker.Tests.Storage.Embedded;

[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedPostgresTests(ClusterSeed seed) : EmbeddedServerTests, IClassFixture<ClusterSeed>
{
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
    public async Task Whoever_comes_while_another_makes_the_cluster_finds_the_database()
    {
        var starts = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => StartAsync(new EmbeddedPostgresOptions { DataDirectory = folder })));
        await using var postgres = starts.OfType<EmbeddedStart.Started>().ShouldHaveSingleItem().Postgres;
        var others = starts.OfType<EmbeddedStart.InUse>().ToList();
        others.Count.ShouldBe(2);
        foreach (var other in others) (await ScalarAsync(other.ConnectionString, "select current_database()::text")).ShouldBe("ingest");
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
    public async Task A_setting_the_server_refuses_is_told_in_its_own_words()
    {
        await seed.CopyToAsync(folder, Ct);
        var options = new EmbeddedPostgresOptions { DataDirectory = folder, Settings = new Dictionary<string, string> { ["shared_buffers"] = "plenty" } };
        var start = await EmbeddedPostgres.StartAsync(options, NullLogger.Instance, TimeProvider.System, Ct);
        start.ShouldBeOfType<EmbeddedStart.Unavailable>().Reason.ShouldContain("invalid value for parameter \"shared_buffers\": \"plenty\"");
    }
}
