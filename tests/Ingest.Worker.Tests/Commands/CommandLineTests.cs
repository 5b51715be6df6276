using Ingest.Worker.Commands;
using static Ingest.Worker.Tests.Commands.CommandFolder;

namespace Ingest.Worker.Tests.Commands;

/// <summary>The program itself, as people and scripts run it.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly CommandFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("run", "--once")]
    [InlineData("check", "--verbose")]
    [InlineData("check", "--format")]
    [InlineData("read feed", "--manifest")]
    [InlineData("read page", "--url")]
    [InlineData("sources", "poll")]
    [InlineData("sources list", "--format")]
    [InlineData("sources import", "--into")]
    [InlineData("sources export", "--out")]
    [InlineData("sources pause", "names")]
    [InlineData("sources resume", "names")]
    [InlineData("hosts list", "--format")]
    [InlineData("hosts release", "hosts")]
    [InlineData("status", "--format")]
    [InlineData("database", "migrate")]
    [InlineData("database info", "--format")]
    [InlineData("sources add", "--tag")]
    [InlineData("sources remove", "names")]
    [InlineData("search", "--limit")]
    [InlineData("show", "--format")]
    [InlineData("sql", "query")]
    [InlineData("completion", "fish")]
    [InlineData("manual", "man -l")]
    public async Task Every_verb_has_help_on_stdout(string verb, string word)
    {
        var run = await ParseAsync([.. verb.Split(' '), "--help"]);
        run.ShouldSatisfyAllConditions(() => run.Exit.ShouldBe(0), () => run.Out.ShouldContain(word), () => run.Error.ShouldBeEmpty());
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("sources")]
    [InlineData("sources pause")]
    [InlineData("sources import")]
    [InlineData("hosts")]
    [InlineData("hosts release")]
    [InlineData("hosts list --format yaml")]
    [InlineData("sources list --format yaml")]
    [InlineData("run a-source")]
    [InlineData("export --from")]
    public async Task A_wrong_command_line_exits_with_2_and_says_so_on_stderr(string arguments)
    {
        var run = await ParseAsync(arguments.Split(' '));
        run.Exit.ShouldBe(2);
        run.Error.ShouldNotBeEmpty();
        run.Out.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_program_hands_the_exit_code_on() => (await RunAsync("frobnicate")).Exit.ShouldBe(2);

    [Fact]
    public async Task All_faults_of_the_settings_come_at_once_on_stderr_and_exit_with_2()
    {
        var file = folder.Settings("""{ "Ingest": { "Polling": { "ShortestIntervall": "x" }, "Storage": { "Retries": -1 }, "Feching": { "a": 1 } } }""");
        var run = await RunAsync("status", "--config", file);
        run.Exit.ShouldBe(2);
        run.Error.TrimEnd().Split('\n').Length.ShouldBe(4, run.Error);
        run.Out.ShouldBeEmpty();
        foreach (var words
            in new[]
            {
                "ShortestIntervall is not a valid setting: did you mean ShortestInterval?",
                "Retries is '-1': give a value from 0 to 20.",
                "Feching is not a valid section: did you mean Fetching?",
            })
            run.Error.ShouldContain(words);
    }

    [Fact]
    public async Task A_settings_file_that_is_missing_or_broken_exits_with_2()
    {
        (await RunAsync("status", "--config", Path.Combine(folder.Path, "none.json")))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(2), run => run.Error.ShouldContain("There is no settings file"));
        (await RunAsync("status", "--config", folder.Settings("{")))
            .ShouldSatisfyAllConditions(run => run.Exit.ShouldBe(2), run => run.Error.ShouldContain("cannot be read"));
    }

    [Fact]
    public async Task A_connection_string_that_is_not_where_the_settings_say_exits_with_2()
    {
        var file = folder.Settings("""{ "ConnectionStrings": { "Ingest": "env:NO_SUCH_CONNECTION" } }""");
        (await RunAsync("status", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(2),
            run => run.Error.Trim()
                .ShouldBe("ConnectionStrings:Ingest is env:NO_SUCH_CONNECTION, and the environment variable NO_SUCH_CONNECTION is not set."));
    }

    [Fact]
    public async Task A_command_without_a_database_tells_all_faults_of_its_settings_too()
    {
        var file = folder.Settings("""{ "Ingest": { "Polling": { "Jitter": 2 }, "Storage": { "Retries": -1 } } }""");
        (await ParseAsync("read", "feed", "http://feed.example/", "--config", file)).ShouldSatisfyAllConditions(
            run => run.Exit.ShouldBe(2), run => run.Error.ShouldContain("Jitter is '2'"), run => run.Error.ShouldContain("Retries is '-1'"));
    }

    [Fact]
    public void Settings_are_those_of_the_folder_before_those_of_the_machine()
    {
        var (own, machine) = (Directory.CreateDirectory(Path.Combine(folder.Path, "own")), Directory.CreateDirectory(Path.Combine(folder.Path, "machine")));
        Settings.FirstIn(own.FullName, machine.FullName).ShouldBeNull();
        foreach (var place in new[] { machine, own })
        {
            var file = Path.Combine(place.FullName, "appsettings.json");
            File.WriteAllText(file, "{}");
            Settings.FirstIn(own.FullName, machine.FullName).ShouldBe(file);
        }
    }

    // What never gets as far as a session needs no process of its own.
    private static async Task<Run> ParseAsync(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var exit = await IngestCommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        return new Run(exit, output.ToString(), error.ToString());
    }
}
