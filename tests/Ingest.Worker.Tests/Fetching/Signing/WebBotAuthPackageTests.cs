using System.Diagnostics;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Signing;
using Ingest.Worker.Tests.Commands;

namespace Ingest.Worker.Tests.Fetching.Signing;

/// <summary>
/// Signatures and key directory as the libraries of the protocol's authors judge them (npm: web-bot-auth, http-message-sig). Needs node, and
/// <c>npm install --prefix tests/web-bot-auth</c> or their folder in <c>WEB_BOT_AUTH_MODULES</c>; passes, and says so, without.
/// </summary>
public sealed class WebBotAuthPackageTests : IDisposable
{
    private const string Agent = "https://bot.example" + KeyDirectory.Path;

    private readonly string folder = Directory.CreateTempSubdirectory("ingest-web-bot-auth-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_packages_of_the_protocols_authors_take_our_signatures_and_our_directory()
    {
        if (Missing() is { } missing)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"Not verified by npm's web-bot-auth: {missing}.");
            return;
        }

        var (key, jwk, directory, headers) = (In("key.pem"), In("key.jwk"), In("directory.json"), In("headers.txt"));
        (await WorkerProgram.RunAsync("signing", "new-key", "--out", key)).Exit.ShouldBe(0);
        (await WorkerProgram.RunAsync("signing", "directory", "--key", "file:" + key, "--agent", Agent, "--out", directory, "--headers", headers))
            .Exit.ShouldBe(0);
        using (var read = SigningKeys.Read(await File.ReadAllTextAsync(key, TestContext.Current.CancellationToken)))
            await File.WriteAllTextAsync(jwk, $$"""{"kty":"OKP","crv":"Ed25519","x":"{{read.X}}"}""", TestContext.Current.CancellationToken);
        using var publisher = Process.Start(
            new ProcessStartInfo("node", [Script, jwk, directory, headers, "bot.example"])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })
            .ShouldNotBeNull();
        try
        {
            var port = await publisher.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            if (port is null) Assert.Fail(await publisher.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

            foreach (var form in Enum.GetValues<SignatureAgentForm>())
            {
                await using var door = new Door(
                    new()
                    {
                        ["Signing:Key"] = "file:" + key,
                        ["Signing:Agent"] = Agent,
                        ["Signing:SignHttp"] = "true",
                        ["Signing:AgentForm"] = form.ToString(),
                    },
                    resolve: Door.ToLoopback);
                foreach (var url in new[] { $"http://127.0.0.1:{port}/feed", $"http://feeds.example:{port}/page?a=b", $"http://127.0.0.1:{port}/feed" })
                {
                    var answer = await door.FetchAsync(new Uri(url));
                    answer.ShouldBeOfType<FetchResult.Fetched>($"{form} {url}: {answer}");
                }
            }

            await using var unsigned = new Door();
            (await unsigned.FailAsync(new Uri($"http://127.0.0.1:{port}/feed"))).Status.ShouldBe(401);
        }
        finally
        {
            publisher.StandardInput.Close();
            await publisher.WaitForExitAsync(CancellationToken.None);
        }
    }

    private static string Script => Path.Combine(Repository.Root, "tests", "web-bot-auth", "check.mjs");

    private string In(string name) => Path.Combine(folder, name);

    private static string? Missing()
    {
        var modules = Environment.GetEnvironmentVariable("WEB_BOT_AUTH_MODULES") ?? Path.Combine(Repository.Root, "tests", "web-bot-auth");
        if (!Directory.Exists(Path.Combine(modules, "node_modules", "web-bot-auth"))) return $"the package is not in {modules}";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(static folder => File.Exists(Path.Combine(folder, "node")))
            ? null
            : "there is no node";
    }
}
