using System.Globalization;
using System.Net.Http;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Signing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Ingest.Worker.Tests.Fetching.Signing;

public sealed class RequestSignerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ingest-signer-").FullName;
    private readonly string file;
    private readonly LogOfTest log = new();

    public RequestSignerTests()
    {
        file = Path.Combine(folder, "key.pem");
        File.WriteAllText(file, SigningKeys.Rfc9421);
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        log.Dispose();
    }

    [Fact]
    public async Task A_new_key_is_taken_up_within_a_minute_and_one_that_is_lost_is_used_on()
    {
        var time = new FakeTimeProvider();
        using var signer = Signer(time);

        (await KeyIdAsync(signer)).ShouldBe(SigningKeys.Rfc9421Thumbprint);
        await File.WriteAllTextAsync(file, SigningKeys.Rfc8037, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(59));
        (await KeyIdAsync(signer)).ShouldBe(SigningKeys.Rfc9421Thumbprint);
        time.Advance(TimeSpan.FromSeconds(1));
        (await KeyIdAsync(signer)).ShouldBe(SigningKeys.Rfc8037Thumbprint);
        File.Delete(file);
        time.Advance(TimeSpan.FromMinutes(5));
        (await KeyIdAsync(signer)).ShouldBe(SigningKeys.Rfc8037Thumbprint);
        (await signer.FaultAsync(TestContext.Current.CancellationToken)).ShouldBeNull();
        time.Advance(TimeSpan.FromMinutes(5));
        (await KeyIdAsync(signer)).ShouldBe(SigningKeys.Rfc8037Thumbprint);
        log.Warnings.ShouldHaveSingleItem().ShouldContain("is not there. Requests are still signed with the one before");
    }

    [Fact]
    public async Task Many_requests_at_once_are_signed_while_the_key_changes()
    {
        var time = new FakeTimeProvider();
        using var signer = Signer(time);
        var ids = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForAsync(0, 400, TestContext.Current.CancellationToken, async (i, ct) =>
        {
            if (i % 100 == 99)
            {
                var next = string.Create(CultureInfo.InvariantCulture, $"{file}.{i}");
                await File.WriteAllTextAsync(next, i % 200 == 99 ? SigningKeys.Rfc8037 : SigningKeys.Rfc9421, ct);
                File.Move(next, file, overwrite: true);
                time.Advance(TimeSpan.FromMinutes(1));
            }

            ids.Add(await KeyIdAsync(signer));
        });

        ids.Count.ShouldBe(400);
        ids.Distinct().ShouldBeSubsetOf([SigningKeys.Rfc9421Thumbprint, SigningKeys.Rfc8037Thumbprint]);
    }

    private static async Task<string> KeyIdAsync(RequestSigner signer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://feeds.example/feed"));
        (await signer.SignAsync(request, TestContext.Current.CancellationToken)).ShouldBeNull();
        return request.Headers.NonValidated["Signature-Input"].ToString().Split("keyid=\"")[1].Split('"')[0];
    }

    private RequestSigner Signer(FakeTimeProvider time) => new(
        Options.Create(new FetchingOptions { Signing = new SigningOptions { Key = "file:" + file, Agent = "https://bot.example" } }),
        time,
        LoggerFactory.Create(logging => logging.AddProvider(log)).CreateLogger<RequestSigner>());
}
