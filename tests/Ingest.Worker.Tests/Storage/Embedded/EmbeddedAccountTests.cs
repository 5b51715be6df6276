using System.Runtime.Versioning;
using Ingest.PostgreSql.Embedded.Server;
using static Ingest.Worker.Tests.Storage.Embedded.EmbeddedEdgesTests;

namespace Ingest.Worker.Tests.Storage.Embedded;

/// <summary>Accounts, rights and environments as a machine may have them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EmbeddedAccountTests(ClusterSeed seed) : IClassFixture<ClusterSeed>, IDisposable
{
    private readonly string folder = ClusterSeed.CreateFolder();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Cluster => Path.Combine(folder, "cluster");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private string Pass => Path.Combine(folder, "pgpass");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_others_could_read_or_lock_is_closed_to_them_at_the_next_start()
    {
        const UnixFileMode Open = (UnixFileMode)0b110_110_110;
        await seed.CopyToAsync(folder, Ct);
        File.SetUnixFileMode(Pass, Open);
        var held = Path.Combine(folder, "lock");
        await File.WriteAllTextAsync(held, "", Ct);
        File.SetUnixFileMode(held, Open);
        await ShouldStartAsync(folder);
        foreach (var file in (string[])[Pass, held]) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("worker.pid")]
    [InlineData("worker.pid.new")]
    public async Task A_link_that_lies_in_wait_is_not_followed(string name)
    {
        await seed.CopyToAsync(folder, Ct);
        var target = Path.Combine(folder, "precious");
        await File.WriteAllTextAsync(target, "kept", Ct);
        File.SetUnixFileMode(target, (UnixFileMode)0b110_100_100);
        File.CreateSymbolicLink(Path.Combine(folder, name), target);
        await ShouldStartAsync(folder);
        (await File.ReadAllTextAsync(target, Ct)).ShouldBe("kept");
        File.GetUnixFileMode(target).ShouldBe((UnixFileMode)0b110_100_100);
    }

    [Fact]
    public async Task A_linked_folder_for_the_socket_is_refused()
    {
        await seed.CopyToAsync(folder, Ct);
        File.CreateSymbolicLink(Path.Combine(folder, "run"), "/etc");
        await ShouldRefuseAsync(folder, Path.Combine(folder, "run"), "is a link");
    }

    [Fact]
    public async Task An_environment_made_for_others_changes_nothing()
    {
        await seed.CopyToAsync(folder, Ct);
        var odd = new Dictionary<string, string>
        {
            ["PATH"] = "/nonexistent:relative", ["HOME"] = "/nonexistent", ["TMPDIR"] = "/nonexistent", ["LC_ALL"] = "tr_TR.UTF-8", ["LANG"] = "none",
            ["TZ"] = "Nowhere/Never",
            ["PGDATA"] = "/nonexistent", ["PGHOST"] = "/nonexistent", ["PGPORT"] = "1", ["PGUSER"] = "x", ["PGDATABASE"] = "x", ["PGPASSFILE"] = "/nonexistent",
            ["PGOPTIONS"] = "-c default_transaction_read_only=on", ["PGTARGETSESSIONATTRS"] = "standby", ["PGSSLMODE"] = "verify-full",
            ["PGCLIENTENCODING"] = "LATIN1", ["PGTZ"] = "x",
        };
        (await EmbeddedHost.AnswerAsync(folder, [], odd, Ct)).ShouldStartWith("Host=");
    }

    [Fact]
    public async Task A_umask_that_closes_all_to_others_does_not_close_out_the_server()
    {
        var deep = Path.Combine(folder, "a", "b");
        (await EmbeddedHost.AnswerAsync(deep, ["/bin/sh", "-c", "umask 077; exec \"$0\""], new Dictionary<string, string>(), Ct)).ShouldStartWith("Host=");
    }

    [Fact]
    public async Task A_folder_that_the_servers_account_may_not_enter_is_told()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only as root does the server run under another account.");
        var closed = Path.Combine(folder, "closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await ShouldRefuseAsync(Path.Combine(closed, "data"), "may not enter", "chmod o+x");
    }

    [Fact]
    public async Task A_cluster_of_another_user_is_told_and_its_pid_file_stays()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root can give files away.");
        await seed.CopyToAsync(folder, Ct);
        await File.WriteAllTextAsync(PidFile, "1\n", Ct);
        (await ChildProcess.RunAsync(["chown", "-R", "54321:54321", Cluster], "", Ct)).ExitCode.ShouldBe(0);
        await ShouldRefuseAsync(folder, Cluster, "does not belong to", "chown");
        File.Exists(PidFile).ShouldBeTrue();
    }

    [Fact]
    public async Task A_user_that_no_list_knows_is_told_what_initdb_wants()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("Only root can become anybody.");
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        var answer = await EmbeddedHost.AnswerAsync(
            Path.Combine(folder, "theirs"), ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"], new Dictionary<string, string>(), Ct);
        answer.ShouldContain("/etc/passwd");
    }
}
