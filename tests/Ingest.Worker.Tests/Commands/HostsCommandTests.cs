using System.Diagnostics;
using System.Text.Json;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands;

/// <summary>The verb <c>hosts</c>, and what the program says where it may open too few files.</summary>
public sealed class HostsCommandTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ingest-hosts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Holds_are_listed_and_released_by_any_host_of_their_site()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await table.SynchroniseAsync("""{ "a": { "Url": "http://feeds.example.org/a" } }""");
        await table.ReadAsync(
            "insert into ingest.host_holds (host, not_before, status, set_at) "
                + "values ('example.org', now() + interval '2 hours', 429, now()), ('example.com', now() + interval '1 hour', 503, now()), ('gone.example', "
                + "now() - interval '1 hour', 503, now() - interval '2 hours')");
        await table.ReadAsync("update ingest.sources set next_poll_at = now() + interval '2 hours 5 minutes'");
        var file = Path.Combine(folder, "settings.json");
        await File.WriteAllTextAsync(
            file, $$"""{ "ConnectionStrings": { "Ingest": {{JsonSerializer.Serialize(table.ConnectionString)}} } }""", TestContext.Current.CancellationToken);

        using (var json = JsonDocument.Parse((await RunAsync("", "hosts", "list", "--format", "json", "--config", file)).Out))
            json.RootElement.EnumerateArray().Select(static hold => $"{hold.GetProperty("host")} {hold.GetProperty("status")}")
                .ShouldBe(["example.org 429", "example.com 503"]);
        (await RunAsync("", "hosts", "list", "--format", "jsonl", "--config", file)).Out.Trim().Split('\n').Length.ShouldBe(2);
        (await RunAsync("", "hosts", "list", "--config", file)).Out.ShouldContain("example.org");
        (await RunAsync("", "hosts", "release", "https://www.example.org/x", "exampel.com", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(1), run => run.Out.Trim().ShouldBe("example.org released"),
            run => run.Error.ShouldContain("There is no hold on 'exampel.com': did you mean example.com?"));
        (await table.ReadAsync("select next_poll_reason from ingest.sources where next_poll_at <= now()")).ShouldBe(["hold released by hand"]);
        (await RunAsync("", "hosts", "release", "example.com:8080", "--config", file)).Exit.ShouldBe(0);
        (await RunAsync("", "hosts", "list", "--format", "jsonl", "--config", file))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(0), run => run.Out.ShouldBeEmpty());
        (await RunAsync("", "hosts", "release", "example.com", "--config", file)).Error.ShouldContain("nor on any host");
    }

    [Theory]
    [InlineData("64", "status")]
    [InlineData("128", "--help")]
    [InlineData("256", "run")]
    [InlineData("256", "run --once")]
    public async Task Too_few_files_are_a_sentence(string limit, string arguments)
    {
        var run = await RunAsync($"ulimit -n {limit};", arguments.Split(' '));

        run.Exit.ShouldBe(1);
        run.Error.Trim().ShouldStartWith($"This process may open {limit} files and needs at least");
        run.Error.Trim().ShouldNotContain('\n');
        run.Out.ShouldBeEmpty();
    }

    private static async Task<(int Exit, string Out, string Error)> RunAsync(string before, params string[] arguments)
    {
        string[] all = ["-c", before + " exec dotnet \"$@\"", "sh", Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll"), .. arguments];
        using var process = Process.Start(
            new ProcessStartInfo("sh", all) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })
            .ShouldNotBeNull();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
