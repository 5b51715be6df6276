using System.Text;
using System.Text.Json;
using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class OriginScriptTests
{
    [Theory]
    [InlineData("/good", "Fetched")]
    [InlineData("/recovers", "HttpStatus")]
    [InlineData("/moved", "Fetched")]
    [InlineData("/busy", "TooManyRequests")]
    [InlineData("/broken", "HttpStatus")]
    [InlineData("/gone", "Gone")]
    [InlineData("/circle", "RedirectLoop")]
    [InlineData("/lies", "UnaskedNotModified")]
    [InlineData("/inward", "AddressRefused")]
    [InlineData("/bomb", "DecompressionBomb")]
    [InlineData("/bomb/nested", "DecompressionBomb")]
    [InlineData("/endless", "BodyTooLarge")]
    [InlineData("/trickle", "BodyTimeout")]
    [InlineData("/flood", "HeadersTooLarge")]
    [InlineData("/cut", "ConnectionLost")]
    [InlineData("/hang-up", "ConnectionLost")]
    [InlineData("/challenge", "Challenge")]
    [InlineData("/members", "LoginWall")]
    public async Task Every_temperament_of_the_shipped_script_has_its_outcome(string path, string outcome)
    {
        await using var origin = await StartShippedAsync();
        await using var door = new Door(new() { ["AttemptTimeout"] = "00:00:05" });

        var result = await door.FetchAsync(origin.Url(path));

        (result is FetchResult.Failed failed ? failed.Cause.ToString() : "Fetched").ShouldBe(outcome);
    }

    [Fact]
    public async Task Folder_is_served_with_validators_and_no_way_out()
    {
        var folder = Directory.CreateTempSubdirectory();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.xml"), "<rss/>", TestContext.Current.CancellationToken);
        await using var origin = (await ScriptedOrigin.StartAsync()).ServeFolder("/", folder.FullName);
        await using var door = new Door();

        var first = await door.FetchWholeAsync(origin.Url("/a.xml"));

        Encoding.UTF8.GetString(first.Body).ShouldBe("<rss/>");
        (await door.FetchAsync(origin.Url("/a.xml"), validators: first.Validators)).ShouldBeOfType<FetchResult.NotModified>();
        (await door.FailAsync(origin.Url("/%2e%2e%2f%2e%2e%2fetc%2fpasswd"))).Status.ShouldBe(404);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Script_with_an_unknown_word_is_refused()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "{ \"routs\": {} }", TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<JsonException>(() => OriginScript.StartAsync(file))).Message.ShouldContain("routs");
        File.Delete(file);
    }

    private static async Task<ScriptedOrigin> StartShippedAsync()
    {
        // On a free port, so that tests never meet the tool.
        var folder = Path.Combine(AppContext.BaseDirectory, "Scripts");
        var script = (await File.ReadAllTextAsync(
            Path.Combine(folder, "temperaments.json"))).Replace("\"port\": 8900", "\"port\": 0", StringComparison.Ordinal);
        var copy = Path.Combine(folder, Path.GetRandomFileName() + ".json");
        await File.WriteAllTextAsync(copy, script);
        try
        {
            return await OriginScript.StartAsync(copy);
        }
        finally
        {
            File.Delete(copy);
        }
    }
}
