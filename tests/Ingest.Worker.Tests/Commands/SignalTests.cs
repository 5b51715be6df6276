using System.Text.Json;
using Ingest.Worker.Origin;
using Ingest.Worker.Tests.Configuration;

namespace Ingest.Worker.Tests.Commands;

/// <summary>What Ctrl-C, SIGTERM and readers that go away do to commands.</summary>
public sealed class SignalTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ingest-signals-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task A_run_that_is_interrupted_saves_what_it_fetches_and_tells_what_was_done(string signal, int exit)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.OnRequest = _ => reached.TrySetResult();
        for (var i = 0; i < 4; i++) origin.Serve($"/{i}", Reply.Feed(Feed(i)).After(TimeSpan.FromSeconds(2)));
        var run = await WorkerProgram.RunAsync(["run", "--once", "--format", "json", "--config", Settings(table, origin, 4)], new Dictionary<string, string>(),
            async process =>
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await WorkerProgram.SignalAsync(process, signal);
        });
        run.Exit.ShouldBe(exit, run.Error);
        run.Error.ShouldNotContain("   at ");
        run.Error.ShouldNotContain("disposed");
        using var rows = JsonDocument.Parse(run.Out);
        rows.RootElement.EnumerateArray().Select(static row => row.GetProperty("new").GetInt32()).ShouldBe([1], run.Error);
        (await table.ReadAsync("select count(*) from ingest.articles")).ShouldBe(["1"]);
        (await table.ReadAsync("select count(*) from ingest.sources where last_polled_at is null")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task A_second_interrupt_ends_a_run_at_once()
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.OnRequest = _ => reached.TrySetResult();
        origin.Serve("/0", Reply.Feed(Feed(0)).After(TimeSpan.FromSeconds(25)));
        var run = await WorkerProgram.RunAsync(["run", "--once", "--config", Settings(table, origin, 1)], new Dictionary<string, string>(), async process =>
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            while (!process.HasExited)
            {
                await WorkerProgram.SignalAsync(process, "INT");
                await Task.Delay(300, TestContext.Current.CancellationToken);
            }
        });
        run.Exit.ShouldBe(130);
        run.Out.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("check")]
    [InlineData("read feed {url}")]
    public async Task A_command_that_saves_nothing_ends_at_the_first_interrupt(string verb)
    {
        await using var table = await SourceTable.CreateAsync(postgres);
        await using var origin = await ScriptedOrigin.StartAsync();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        origin.OnRequest = _ => reached.TrySetResult();
        origin.Serve("/0", Reply.Feed(Feed(0)).After(TimeSpan.FromSeconds(25)));
        var words = verb.Replace("{url}", origin.Url("/0").AbsoluteUri, StringComparison.Ordinal).Split(' ');
        var run = await WorkerProgram.RunAsync([.. words, "--config", Settings(table, origin, 1)], new Dictionary<string, string>(), async process =>
        {
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await WorkerProgram.SignalAsync(process, "INT");
        });
        (run.Exit, run.Error.Trim()).ShouldBe((130, "Interrupted."));
    }

    [Fact]
    public async Task A_reader_that_went_away_ends_a_command_without_a_word()
    {
        var feed = Path.Combine(folder, "feed.xml");
        await File.WriteAllTextAsync(feed, Feed(0), TestContext.Current.CancellationToken);
        var names = string.Join(' ', Enumerable.Repeat(feed, 2_000));
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "/bin/bash",
            ["-c", $"dotnet '{Path.Combine(AppContext.BaseDirectory, "Ingest.Worker.dll")}' read feed {names} | head -1 | wc -l; echo ${{PIPESTATUS[0]}}"])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
        }).ShouldNotBeNull();
        var error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        (await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["1", "0"]);
        (await error).ShouldBeEmpty();
    }

    private static string Feed(int number) =>
        $"""<rss version="2.0"><channel><title>F</title><item><title>Item {number}</title><link>http://site.example/{number}</link><guid isPermaLink="false">g</guid></item></channel></rss>""";

    private string Settings(SourceTable table, ScriptedOrigin origin, int sources)
    {
        var file = Path.Combine(folder, "settings.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new
        {
            ConnectionStrings = new { Ingest = table.ConnectionString },
            Ingest = new
            {
                Sources = Enumerable.Range(0, sources).ToDictionary(
                    static i => $"s{i}", i => new { Url = origin.Url($"/{i}").AbsoluteUri, FullText = "Never" }),
                Fetching = new { AllowedNetworks = new[] { "127.0.0.0/8" }, MinimumHostDelay = "00:00:00" },
            },
            Logging = new { LogLevel = new { Default = "Warning" } },
        }));
        return file;
    }
}
