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

    [Theory]
    [InlineData("t0ken\r\n", "Bearer t0ken")]
    [InlineData("\ufefft0ken\n\n", "Bearer t0ken")]
    [InlineData("t\u00f6ken", "Bearer t\u00f6ken")]
    [InlineData("t0\nken", null)]
    [InlineData("t0\u0000ken", null)]
    [InlineData("t0ken\u001b[2J", null)]
    [InlineData("Ł\u00f3d\u017a", null)]
    [InlineData("\r\n", null)]
    public async Task A_secret_is_sent_as_it_was_meant_or_is_a_fault_in_words(string content, string? sent)
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Feed("<rss/>"));
        var file = Path.GetTempFileName();
        foreach (var encoding
            in new System.Text.Encoding[]
            {
                new System.Text.UTF8Encoding(false),
                System.Text.Encoding.UTF8,
                System.Text.Encoding.Unicode,
                System.Text.Encoding.BigEndianUnicode,
            })
        {
            await File.WriteAllTextAsync(file, content, encoding, TestContext.Current.CancellationToken);
            origin.ForgetRequests();
            var byCredential = await Fetch(door, origin.Url("/a"), new Credential.Bearer("file:" + file));
            var byHeader = await door.Fetcher.FetchAsync(
                new FetchRequest(origin.Url("/a"), FetchKind.Feed, null, Headers: new Dictionary<string, string> { ["X-Key"] = "file:" + file }),
                TestContext.Current.CancellationToken);
            origin.Requests.Select(static r => r.Header("Authorization") ?? "Bearer " + r.Header("X-Key")).ShouldBe(sent is null ? [] : [sent, sent]);
            if (sent is not null) continue;
            foreach (var failed in new[] { byCredential, byHeader }.Select(static r => r.ShouldBeOfType<FetchResult.Failed>()))
            {
                failed.Cause.ShouldBeOneOf(FailureCause.SecretUnfit, FailureCause.SecretMissing);
                failed.Reason.ShouldContain("file:" + file);
                failed.Reason.ShouldNotContain("ken");
            }
        }

        File.Delete(file);
    }

    [Fact]
    public async Task A_password_of_any_letters_is_sent_in_UTF8()
    {
        await using var origin = await ScriptedOrigin.StartAsync();
        await using var door = new Door();
        origin.Serve("/a", Reply.Feed("<rss/>"));
        Environment.SetEnvironmentVariable("INGEST_TEST_WORDS", "Ł\u00f3d\u017a");

        await Fetch(door, origin.Url("/a"), new Credential.Basic("Ż\u00f3łw", "env:INGEST_TEST_WORDS"));

        origin.Requests.Single().Header("Authorization").ShouldBe("Basic " + Convert.ToBase64String("Ż\u00f3łw:Ł\u00f3d\u017a"u8));
    }

    private static Task<FetchResult> Fetch(Door door, Uri url, Credential credential) =>
        door.Fetcher.FetchAsync(new FetchRequest(url, FetchKind.Feed, null, Credential: credential), TestContext.Current.CancellationToken);
}
