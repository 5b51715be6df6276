using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Worker.Commands;
using Ingest.Worker.Commands.Help;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Tests;

/// <summary>
/// What packages, containers and manifests repeat of each other and of the worker. That the packages can be installed, run, upgraded and removed shows
/// <c>deploy/check --packages</c>.
/// </summary>
public sealed partial class PackagingTests
{
    [Fact]
    public void The_version_is_the_same_in_the_changelog_the_assembly_and_what_publishers_are_told()
    {
        var version = typeof(IngestCommandLine).Assembly.GetName().Version!;
        Text("CHANGELOG.md").ShouldContain($"\n## {version.ToString(3)}");
        new FetchingOptions().UserAgent.ShouldBe($"IngestWorker/{version.ToString(2)}");
    }

    [Fact]
    public void Systemd_does_not_start_again_what_ended_for_its_settings() =>
        Setting(Text("deploy/ingest-worker.service"), "RestartPreventExitStatus").ShouldBe(ExitCode.Usage.ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void What_the_image_is_made_of_is_there_and_not_ignored()
    {
        var kept = Text(".dockerignore").Split('\n').Where(static line => line.StartsWith('!')).Select(static line => line[1..]).ToList();
        var copied = Copied().Matches(Text("Dockerfile")).SelectMany(static match => match.Groups["words"].Value.Split(' ')[..^1]).ToList();
        copied.Count.ShouldBeGreaterThan(10);
        foreach (var path in copied)
        {
            Path.Exists(In(path)).ShouldBeTrue(path);
            kept.ShouldContain(path.Split('/')[0]);
        }

        kept.ShouldBeSubsetOf(copied.Select(static path => path.Split('/')[0]));
    }

    [Fact]
    public void What_the_compose_file_mounts_is_there()
    {
        var mounted = Mounted().Matches(Text("deploy/compose.yaml")).Select(static match => match.Groups["path"].Value).ToList();
        mounted.ShouldContain("./monitoring/ingest-worker.dashboard.json");
        mounted.ShouldAllBe(static path => File.Exists(Path.Combine(In("deploy"), path)));
        Text("deploy/monitoring/prometheus.yaml").ShouldContain("job_name: ingest-worker");
    }

    [Fact]
    public void The_manifest_probes_what_the_worker_answers_and_runs_as_the_image_does()
    {
        var deployment = Text("deploy/kubernetes/one/deployment.yaml");
        foreach (var (probe, path) in ((string, string)[])[("startup", "/health/live"), ("liveness", "/health/live"), ("readiness", "/health/ready")])
            deployment.ShouldContain($"{probe}Probe:\n            httpGet: {{ path: {path}, port: status }}");
        deployment.ShouldContain($"runAsUser: {Regex.Match(Text("Dockerfile"), "(?m)^USER ([0-9]+)$").Groups[1].Value}\n");
        Text("deploy/kubernetes/one/appsettings.json").ShouldContain("\"Listen\": \"*:9464\"");
        deployment.ShouldContain($"args: [run, --config, {Settings.InstalledFolder}/appsettings.json]");
    }

    [Fact]
    public void The_package_keeps_settings_where_the_program_looks_and_makes_the_folders_and_the_user_of_its_unit()
    {
        var unit = Text("deploy/ingest-worker.service");
        Text("deploy/debian/appsettings.json").ShouldContain($"\"DataDirectory\": \"/var/lib/{Setting(unit, "StateDirectory")}\"");
        Text("deploy/debian/appsettings.json").ShouldContain($"\"HeartbeatFile\": \"/run/{Setting(unit, "RuntimeDirectory")}/");
        Text("deploy/package").ShouldContain($"echo {Settings.InstalledFolder}/appsettings.json >\"$tree/DEBIAN/conffiles\"");
        Text("deploy/debian/postinst").ShouldContain($"--gecos 'Ingest.Worker' {Setting(unit, "User")}\n");
    }

    /// <summary>With INGEST_WRITE_DOCS=1 it is written anew.</summary>
    [Fact]
    public void The_package_has_the_manual_page_of_the_program()
    {
        const string file = "deploy/debian/ingest-worker.1";
        var page = ManualPage.Of(IngestCommandLine.Create());
        if (Docs.Page.IsWriting) File.WriteAllText(In(file), page);
        Text(file).ShouldBe(page);
    }

    private static string In(string path) => Path.Combine(Repository.Root, path);

    private static string Text(string path) => File.ReadAllText(In(path));

    private static string Setting(string unit, string name) => Regex.Match(unit, $"(?m)^{name}=(.*)$").Groups[1].Value;

    [GeneratedRegex("^COPY (?!--from)(?<words>.+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Copied();

    [GeneratedRegex("^ +- (?<path>\\.{1,2}/[^:]+):/", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mounted();
}
