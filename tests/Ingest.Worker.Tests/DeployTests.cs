using Ingest.PostgreSql.Embedded;
using Ingest.PostgreSql.Embedded.Server;

namespace Ingest.Worker.Tests;

/// <summary>The deploy files, and what they repeat of the worker's own knowledge.</summary>
public sealed class DeployTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Deploy_files_pass_their_check()
    {
        if (ChildProcess.FindTool("systemd-analyze") is null) Assert.Skip("systemd-analyze is not installed.");
        var check = await ChildProcess.RunAsync(["bash", Path.Combine(Repository.Root, "deploy", "check")], "", Ct);
        check.ExitCode.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("unit: ok");
    }

    [Theory]
    [InlineData("STATE_DIRECTORY=/var/lib/private/x:/other")]
    [InlineData("XDG_DATA_HOME=/data")]
    [InlineData("")]
    public async Task The_quick_start_keeps_its_bundle_where_the_worker_looks(string variable)
    {
        var script =
            $"unset STATE_DIRECTORY; export HOME='{Environment.GetEnvironmentVariable("HOME")}' {variable}; source deploy/lib/postgres.bash; data_home";
        var home = await ChildProcess.RunAsync(["bash", "-c", $"cd '{Repository.Root}'; {script}"], "", Ct);
        var (name, value) = variable.Split('=') is [var left, var right] ? (left, right) : ("STATE_DIRECTORY", "");
        home.Output.Trim().ShouldBe(DataFolder.Conventional(asked => asked == name ? value : null), home.Errors);
    }

    [Fact]
    public async Task The_quick_start_asks_for_the_version_the_worker_does()
    {
        var oldest = await ChildProcess.RunAsync(["bash", "-c", $"source '{Repository.Root}/deploy/lib/postgres.bash'; echo $POSTGRES_OLDEST"], "", Ct);
        oldest.Output.Trim().ShouldBe(PostgresSearch.OldestMajor.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("deploy/quickstart")]
    [InlineData("deploy/check")]
    [InlineData("deploy/package")]
    [InlineData("deploy/debian/postinst")]
    [InlineData("deploy/debian/prerm")]
    [InlineData("deploy/debian/postrm")]
    [InlineData("tests/run")]
    [InlineData(".ci/run")]
    public void Scripts_can_be_run(string path)
    {
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Path.Combine(Repository.Root, path)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
    }
}
