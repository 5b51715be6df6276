using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Operations.Metering;

namespace Ingest.Worker.Tests.Operations;

/// <summary>The alerts and the dashboard speak of metrics that there are, and do what they say.</summary>
public sealed partial class MonitoringTests(PostgresFixture postgres)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "monitoring");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alerts_dashboard_and_docs_name_metrics_of_the_worker_and_the_docs_all_of_them()
    {
        await using var database = await postgres.CreateDatabaseAsync(Ct);
        await using var host = await StatusHost.StartAsync(database.ConnectionString);
        host.Worker.Get<VisitRounds>().ShouldNotBeNull();
        var families = host.Worker.Get<MetricsCollector>().Families.ToList();
        var names = families.SelectMany(static family => family.Kind == MetricKind.Histogram
            ? [family.Name, family.Name + "_bucket", family.Name + "_sum", family.Name + "_count"]
            : new[] { family.Name }).ToHashSet(StringComparer.Ordinal);

        foreach (var file in (string[])["ingest-worker.rules.yaml", "ingest-worker.rules.test.yaml", "ingest-worker.dashboard.json"])
            Metrics(await File.ReadAllTextAsync(Path.Combine(Folder, file), Ct)).ShouldBeSubsetOf(names, file);
        var told = Metrics(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operating.md"), Ct)).ToList();
        told.ShouldBeSubsetOf(names);
        families.Select(static family => family.Name).Where(static name => name.StartsWith("ingest_", StringComparison.Ordinal))
            .Except([.. told, "ingest_source_last_news_timestamp_seconds", "ingest_source_failure_weight"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_alert_fires_for_its_fault_and_not_without_it()
    {
        var rules = await File.ReadAllTextAsync(Path.Combine(Folder, "ingest-worker.rules.yaml"), Ct);
        var tests = await File.ReadAllTextAsync(Path.Combine(Folder, "ingest-worker.rules.test.yaml"), Ct);
        var alerts = Alert().Matches(rules).Select(static match => match.Groups[1].Value).ToList();
        alerts.Count.ShouldBeGreaterThan(10);
        alerts.ShouldAllBe(alert => tests.Contains(alert, StringComparison.Ordinal));
        rules.Split("- alert:").Skip(1).ShouldAllBe(static rule => rule.Contains("runbook:", StringComparison.Ordinal));

        if (!File.Exists("/usr/bin/promtool")) Assert.Skip("There is no promtool (Debian's package prometheus has it).");
        foreach (var (verb, file) in ((string, string)[])[("check", "ingest-worker.rules.yaml"), ("test", "ingest-worker.rules.test.yaml")])
        {
            using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", [verb, "rules", file])
            {
                UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var words = await promtool.StandardOutput.ReadToEndAsync(Ct) + await promtool.StandardError.ReadToEndAsync(Ct);
            await promtool.WaitForExitAsync(Ct);
            promtool.ExitCode.ShouldBe(0, words);
        }
    }

    [Fact]
    public void The_dashboard_has_a_question_and_a_name_for_each_of_its_panels()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "ingest-worker.dashboard.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();

        panels.Count.ShouldBeGreaterThan(15);
        panels.ShouldAllBe(static panel => panel.GetProperty("title").GetString() != "" && panel.GetProperty("targets").GetArrayLength() > 0);
        panels.Select(static panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique();
    }

    private static IEnumerable<string> Metrics(string text) => Metric().Matches(text).Select(static match => match.Value).Distinct();

    [GeneratedRegex(@"\bingest_(?!reader\b|worker\b|database_password)[a-z_]+[a-z]\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"- alert: (\w+)")]
    private static partial Regex Alert();
}
