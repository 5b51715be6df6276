using Ingest.Worker.Commands;
using Ingest.Worker.Ingestion;
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
    [InlineData("{ \"a\": 1, \"a\": 2 }")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "often" } } }""")]
    [InlineData("""{ "Ingest": { "Polling": { "ShortestInterval": "2.00:00:00" } } }""")]
    public async Task A_file_broken_while_running_keeps_its_last_good_content_and_is_taken_up_when_mended(string broken)
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
        await ChangedAsync(configuration, () => File.Delete(Name));
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
    public void A_file_broken_at_start_is_told()
    {
        File.WriteAllText(Name, "{ \"Ingest\": ");
        var file = new SettingsFile(Name);
        new ConfigurationBuilder().Add(file).Build();
        file.Fault.ShouldNotBeNull().ShouldStartWith("line 1, column 14: ");
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
