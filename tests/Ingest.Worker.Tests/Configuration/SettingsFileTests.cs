using Ingest.Worker.Commands;
using Ingest.Worker.Ingestion.Sources;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Tests.Configuration;

public sealed class SettingsFileTests : IDisposable
{
    private const string One = """{ "Ingest": { "Sources": { "a": { "Url": "https://example.com/a" } }, "Polling": { "ShortestInterval": "00:01:00" } } }""";
    private const string Two = """{ "Ingest": { "Sources": { "a": { "Url": "https://example.com/a" }, "b": { "Url": "https://example.com/b" } } } }""";

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-settings-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("{ \"Ingest\": ")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{ "Ingest": 5 }""")]
    [InlineData("""{ "Ingest": { "Sources": 5 } }""")]
    [InlineData("""{ "Igest": { "Sources": { } } }""")]
    [InlineData("""{ "ConnectionStrings": { "Ingst": "Host=h" } }""")]
    [InlineData("""{ "ConnectionStrings": { "Ingest": "Hst=h" } }""")]
    [InlineData("""{ "ConnectionStrings": { "Readng": "Host=h" } }""")]
    [InlineData("""{ "ConnectionStrings": { "Reading": "Hst=h" } }""")]
    [InlineData("""{ "Logging": { "LogLevel": { "Default": "Loud" } } }""")]
    [InlineData("{ \"a\": 1, \"a\": 2 }")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "often" } } }""")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "2.00:00:00" } } }""")]
    public async Task A_file_broken_while_running_keeps_its_last_good_content_and_is_taken_up_when_fixed(string broken)
    {
        var (file, configuration) = Open();
        await ReplaceAsync(configuration, broken);
        file.Fault.ShouldNotBeNullOrEmpty();
        SourceNames(configuration).ShouldBe(["a"]);
        configuration["Ingest:Polling:ShortestInterval"].ShouldBe("00:01:00");
        await ReplaceAsync(configuration, Two);
        file.Fault.ShouldBeNull();
        SourceNames(configuration).ShouldBe(["a", "b"]);
        configuration["Ingest:Polling:ShortestInterval"].ShouldBeNull();
    }

    [Fact]
    public async Task A_file_that_vanishes_keeps_its_last_good_content()
    {
        var (_, configuration) = Open();
        File.Delete(Name);
        SourceNames(configuration).ShouldBe(["a"]);
        await ReplaceAsync(configuration, Two);
        SourceNames(configuration).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_file_without_any_setting_is_content_too()
    {
        var (file, configuration) = Open();
        await ReplaceAsync(configuration, "{}");
        file.Fault.ShouldBeNull();
        SourceNames(configuration).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_swapped_behind_links_is_taken_up()
    {
        Directory.CreateDirectory(Path.Combine(folder, "..one"));
        await File.WriteAllTextAsync(Path.Combine(folder, "..one", "appsettings.json"), One, TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..one");
        File.CreateSymbolicLink(Name, Path.Combine("..data", "appsettings.json"));
        var configuration = new ConfigurationBuilder().Add(new SettingsFile(Name, isWatched: true)).Build();
        SourceNames(configuration).ShouldBe(["a"]);
        await ChangedAsync(configuration, () =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "..two"));
            File.WriteAllText(Path.Combine(folder, "..two", "appsettings.json"), Two);
            Directory.CreateSymbolicLink(Path.Combine(folder, "..data_tmp"), "..two");
            using var swap = System.Diagnostics.Process.Start("mv", ["-T", Path.Combine(folder, "..data_tmp"), Path.Combine(folder, "..data")]);
            swap.WaitForExit();
            Directory.Delete(Path.Combine(folder, "..one"), recursive: true);
        });
        SourceNames(configuration).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task A_file_elsewhere_that_a_link_leads_to_is_taken_up()
    {
        var elsewhere = Directory.CreateDirectory(Path.Combine(folder, "elsewhere")).FullName;
        await File.WriteAllTextAsync(Path.Combine(elsewhere, "x.json"), One, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Name, Path.Combine(elsewhere, "x.json"));
        var configuration = new ConfigurationBuilder().Add(new SettingsFile(Name, isWatched: true)).Build();
        await ChangedAsync(configuration, () => File.WriteAllText(Path.Combine(elsewhere, "x.json"), Two));
        SourceNames(configuration).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("{ // a comment\n \"Ingest\": { /* another */ \"Sources\": { \"a\": { \"Url\": \"https://example.com/a\", }, }, }, }")]
    [InlineData("\uFEFF{ \"Ingest\": { \"Sources\": { \"a\": { \"Url\": \"https://example.com/a\" } } } }")]
    public void Comments_trailing_commas_and_a_mark_are_no_fault_and_a_name_may_begin_with_a_dot(string text)
    {
        var hidden = Path.Combine(folder, ".settings.json");
        File.WriteAllText(hidden, text);
        var file = new SettingsFile(hidden);
        SourceNames(new ConfigurationBuilder().Add(file).Build()).ShouldBe(["a"]);
        file.Fault.ShouldBeNull();
    }

    [Theory]
    [InlineData("{\n  \"Ingest\": {\n    \"Sources\": x }\n}", "line 3, column 16: ")]
    [InlineData("{\n  \"ü\": 1 \"b\": 2 }", "line 2, column 10: ")]
    [InlineData("{ \"a\": 1, \"a\": 2 }", "A duplicate key 'a'")]
    public void A_fault_of_the_syntax_is_told_with_its_place(string text, string says)
    {
        File.WriteAllText(Name, text);
        var file = new SettingsFile(Name);
        new ConfigurationBuilder().Add(file).Build();
        file.Fault.ShouldNotBeNull().ShouldStartWith(says);
    }

    [Fact]
    public void A_folder_is_no_settings_file()
    {
        var file = new SettingsFile(folder);
        new ConfigurationBuilder().Add(file).Build();
        file.Fault.ShouldBe("it is a folder.");
    }

    [Fact]
    public void A_file_broken_at_start_is_told()
    {
        File.WriteAllText(Name, "{ \"Ingest\": ");
        var file = new SettingsFile(Name);
        new ConfigurationBuilder().Add(file).Build();
        file.Fault.ShouldNotBeNull().ShouldStartWith("line 1, column 13: ");
    }

    private string Name => Path.Combine(folder, "appsettings.json");

    private (SettingsFile File, IConfigurationRoot Configuration) Open()
    {
        File.WriteAllText(Name, One);
        var file = new SettingsFile(Name, isWatched: true);
        return (file, new ConfigurationBuilder().Add(file).Build());
    }

    private static IEnumerable<string> SourceNames(IConfiguration configuration) => SourceList.Read(configuration).Sources.Select(static source => source.Name);

    private Task ReplaceAsync(IConfigurationRoot configuration, string content) => ChangedAsync(configuration, () =>
    {
        File.WriteAllText(Name + ".new", content);
        File.Move(Name + ".new", Name, overwrite: true);
    });

    private static async Task ChangedAsync(IConfigurationRoot configuration, Action change)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = configuration.GetReloadToken().RegisterChangeCallback(_ => changed.TrySetResult(), null);
        change();
        await changed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
