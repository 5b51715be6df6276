using Ingest.Worker.Fetching;
using Ingest.Worker.Origin;

namespace Ingest.Worker.Tests.Fetching;

public sealed class CredentialTests
{
    [Fact]
    public async Task Secrets_come_from_files_and_the_environment_and_stay_with_their_host()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var other = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Redirect(302, "/b")).Serve("/b", Reply.Redirect(302, other.Url("/c").ToString()));
        other.Serve("/c", Reply.Feed("<rss/>"));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "pass word\n", TestContext.Current.CancellationToken);
        Environment.SetEnvironmentVariable("INGEST_TEST_TOKEN", "t0ken");

        await Fetch(door, origin.Url("/a"), new Credential.Basic("me", "file:" + file));
        await Fetch(door, origin.Url("/a"), new Credential.Bearer("env:INGEST_TEST_TOKEN"));

        origin.Requests.Select(r => r.Header("Authorization")).ShouldBe(["Basic bWU6cGFzcyB3b3Jk", "Basic bWU6cGFzcyB3b3Jk", "Bearer t0ken", "Bearer t0ken"]);
        other.Requests.ShouldAllBe(r => r.Header("Authorization") == null);
        File.Delete(file);
    }

    [Theory]
    [InlineData("env:INGEST_TEST_NO_SUCH")]
    [InlineData("file:/no/such/file")]
    [InlineData("file:")]
    [InlineData("file:/dev/zero")]
    [InlineData("hunter2")]
    public async Task Missing_secret_is_named_before_anything_is_sent(string reference)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();

        var failed = (await Fetch(door, origin.Url("/a"), new Credential.Bearer(reference))).ShouldBeOfType<FetchResult.Failed>();

        failed.Cause.ShouldBe(FailureCause.SecretMissing);
        origin.Requests.ShouldBeEmpty();
    }

    private static Task<FetchResult> Fetch(Door door, Uri url, Credential credential) =>
        door.Fetcher.FetchAsync(new FetchRequest(url, FetchKind.Feed, null, Credential: credential), TestContext.Current.CancellationToken);
}
