using System.Security.Cryptography;
using System.Text.Json;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Tests.Fetching.Signing;

namespace Ingest.Worker.Tests.Commands;

public sealed class SigningCommandTests : IDisposable
{
    private const string Agent = "https://bot.example" + KeyDirectory.Path;

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-signing-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_new_key_is_its_owners_alone_and_never_replaces_another()
    {
        var file = In("key.pem");

        var made = await WorkerProgram.RunAsync("signing", "new-key", "--out", file);

        made.Exit.ShouldBe(0, made.Error);
        var pem = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using (var key = SigningKeys.Read(pem)) made.Out.ShouldBe(key.Thumbprint + "\n");
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (var line in pem.Split('\n', StringSplitOptions.RemoveEmptyEntries)) (made.Out + made.Error).ShouldNotContain(line);

        var again = await WorkerProgram.RunAsync("signing", "new-key", "--out", file);
        again.ShouldSatisfyAllConditions(() => again.Exit.ShouldBe(1), () => again.Error.ShouldContain("already exists"), () => again.Out.ShouldBeEmpty());
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe(pem);

        // Nor is a link followed, whether it leads somewhere or not.
        File.CreateSymbolicLink(In("link"), In("elsewhere"));
        (await WorkerProgram.RunAsync("signing", "new-key", "--out", In("link"))).Exit.ShouldBe(1);
        File.Exists(In("elsewhere")).ShouldBeFalse();
        (await WorkerProgram.RunAsync("signing", "new-key", "--out", In("other.pem"))).Out.ShouldNotBe(made.Out);
    }

    [Fact]
    public async Task The_directory_is_written_for_the_settings_key_or_for_those_that_are_named()
    {
        await File.WriteAllTextAsync(In("a.pem"), SigningKeys.Rfc9421, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(In("b.jwk"), SigningKeys.Rfc8037, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            In("settings.json"),
            $$"""{ "Ingest": { "Fetching": { "Signing": { "Key": {{JsonSerializer.Serialize("file:" + In("a.pem"))}}, "Agent": "{{Agent}}" } } } }""",
            TestContext.Current.CancellationToken);

        var printed = await WorkerProgram.RunAsync("signing", "directory", "--config", In("settings.json"));
        printed.Exit.ShouldBe(0, printed.Error);
        KeyIds(printed.Out).ShouldBe([SigningKeys.Rfc9421Thumbprint]);

        await File.WriteAllTextAsync(In("directory.json"), "old", TestContext.Current.CancellationToken);
        var written = await WorkerProgram.RunAsync(
            "signing", "directory", "--config", In("settings.json"), "--key", "file:" + In("a.pem"), "--key", "file:" + In("b.jwk"), "--key",
            "file:" + In("a.pem"), "--days", "7",
            "--out", In("directory.json"), "--headers", In("headers.txt"));
        written.ShouldSatisfyAllConditions(() => written.Exit.ShouldBe(0, written.Error), () => written.Out.ShouldBeEmpty());
        var body = await File.ReadAllBytesAsync(In("directory.json"), TestContext.Current.CancellationToken);
        KeyIds(System.Text.Encoding.ASCII.GetString(body)).ShouldBe([SigningKeys.Rfc9421Thumbprint, SigningKeys.Rfc8037Thumbprint]);
        var fields = (await File.ReadAllLinesAsync(In("headers.txt"), TestContext.Current.CancellationToken))
            .Select(static line => line.Split(": ", 2))
            .ToDictionary(static field => field[0], static field => field[1], StringComparer.OrdinalIgnoreCase);
        fields["Content-Type"].ShouldBe("application/http-message-signatures-directory+json");
        fields["Content-Digest"].ShouldBe($"sha-256=:{Convert.ToBase64String(SHA256.HashData(body))}:");
        var verified = SignatureReader.Verify(
            name => name == "@authority" ? "bot.example" : fields[name], fields["Signature-Input"], fields["Signature"], SigningKeys.Rfc8037X, "binding1");
        (verified.Expires - verified.Created).ShouldBe(TimeSpan.FromDays(7));
        Directory.GetFiles(folder).Length.ShouldBe(5);
    }

    [Theory]
    [InlineData("--key file:{none}", "The key at file:", "cannot be used")]
    [InlineData("--key file:{settings} --agent https://bot.example", "cannot be used: it is a JWK, but not an Ed25519 key", "signing new-key")]
    [InlineData("--agent https://bot.example", "There is no Ingest:Fetching:Signing in the settings", "give --key.")]
    [InlineData("", "There is no Ingest:Fetching:Signing in the settings", "give --key and --agent.")]
    public async Task What_is_missing_is_one_sentence(string words, string says, string also)
    {
        await File.WriteAllTextAsync(In("settings.json"), """{ "Ingest": { } }""", TestContext.Current.CancellationToken);
        if (words.Contains("{none}", StringComparison.Ordinal)) words += " --agent https://bot.example";
        words = words.Replace("{none}", In("none"), StringComparison.Ordinal).Replace("{settings}", In("settings.json"), StringComparison.Ordinal);

        var run = await WorkerProgram.RunAsync(
            ["signing", "directory", "--config", In("settings.json"), .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        run.ShouldSatisfyAllConditions(
            () => run.Exit.ShouldBe(1), () => run.Out.ShouldBeEmpty(), () => run.Error.ShouldContain(says), () => run.Error.ShouldContain(also),
            () => run.Error.TrimEnd().Split('\n').Length.ShouldBe(1));
    }

    // The service does not begin what it could not do; a fault of the settings comes first.
    [Fact]
    public async Task Without_its_key_the_worker_does_not_start()
    {
        await File.WriteAllTextAsync(
            In("settings.json"), $$"""{ "Ingest": { "Fetching": { "Signing": { "Key": "S3cretKeyText", "Agent": "{{Agent}}" } } } }""",
            TestContext.Current.CancellationToken);

        var run = await WorkerProgram.RunAsync("run", "--once", "--config", In("settings.json"));

        run.ShouldSatisfyAllConditions(
            () => run.Exit.ShouldBe(2),
            () => run.Error.ShouldContain("Ingest:Fetching:Signing:Key is not a reference"),
            () => run.Error.ShouldNotContain("S3cret"));
    }

    private static IEnumerable<string> KeyIds(string json)
    {
        using var directory = JsonDocument.Parse(json);
        return [.. directory.RootElement.GetProperty("keys").EnumerateArray().Select(static key => key.GetProperty("kid").GetString()!)];
    }

    private string In(string name) => Path.Combine(folder, name);
}
