using Ingest.Worker.Commands;
using Ingest.Worker.Commands.Help;

namespace Ingest.Worker.Tests.Commands;

/// <summary>What is made of the same definitions as the help: completion and the manual page.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("st", "status")]
    [InlineData("sources p", "pause,poll")]
    [InlineData("sources list --f", "--format")]
    [InlineData("sources list --format ", "json,jsonl,table")]
    [InlineData("run --on", "--once")]
    [InlineData("export --format ", "csv,dated,jsonl,parquet")]
    [InlineData("completion ", "bash,fish,zsh")]
    [InlineData("frobnicate ", "")]
    public void The_last_word_is_completed(string line, string expected) =>
        string.Join(',', CompleteCommand.Of(IngestCommandLine.Create(), line.Split(' '))).ShouldBe(expected);

    [Fact]
    public void Names_of_sources_are_completed_from_the_settings()
    {
        using var folder = new CommandFolder();
        var file = folder.Settings("""{ "Ingest": { "Sources": { "weir": { "Url": "https://a.example/" }, "wharf": { "Url": "https://b.example/" } } } }""");
        CompleteCommand.Of(IngestCommandLine.Create(), ["--config", file, "sources", "pause", "w"]).ShouldBe(["weir", "wharf"]);
        CompleteCommand.Of(IngestCommandLine.Create(), ["--config", file, "export", "--source", "wh"]).ShouldBe(["wharf"]);
        CompleteCommand.Of(IngestCommandLine.Create(), ["--config", "/nonexistent/none.json", "check", "w"]).ShouldBeEmpty();
    }

    [Fact]
    public void Each_verb_and_option_stands_on_the_manual_page_and_no_line_is_taken_for_a_request()
    {
        var page = ManualPage.Of(IngestCommandLine.Create());
        foreach (var (verb, command) in ProgramOptions.Verbs(IngestCommandLine.Create()))
        {
            page.ShouldContain($".SS {verb.Replace("-", "\\-", StringComparison.Ordinal)}");
            foreach (var option in command.Options)
                page.ShouldContain($"\\fB{option.Name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR");
        }

        page.ShouldNotContain("complete \\-\\-");
        page.Split('\n').Where(static line => line.StartsWith('.')).Select(static line => line.Split(' ')[0]).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe([".B", ".BR", ".I", ".SH", ".SS", ".TH", ".TP"]);
    }
}
