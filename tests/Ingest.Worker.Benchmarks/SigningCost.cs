using System.Globalization;
using System.Net.Http;
using System.Text;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Signing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Benchmarks;

/// <summary><c>signing</c>: what a signature adds to a request, in processor time and memory, and what of it is Ed25519 itself.</summary>
internal static class SigningCost
{
    private const int Rounds = 5, Requests = 20_000;

    public static async Task<int> RunAsync()
    {
        var file = Path.GetTempFileName();
        var seed = new byte[SigningKeyText.SeedBytes];
        System.Security.Cryptography.RandomNumberGenerator.Fill(seed);
        await File.WriteAllBytesAsync(file, SigningKeyText.WritePem(seed));
        using var key = SigningKey.Of(seed);
        var text = Encoding.ASCII.GetBytes(new string('a', 400));
        using RequestSigner on = Signer(new SigningOptions { Key = "file:" + file, Agent = "https://bot.example" + KeyDirectory.Path }),
        off = Signer(new SigningOptions());
        for (var round = 0; round <= Rounds; round++)
        {
            var (with, without) = (await MeasureAsync(() => SignAsync(on)), await MeasureAsync(() => SignAsync(off)));
            var bare = await MeasureAsync(() =>
            {
                key.Sign(text);
                return ValueTask.CompletedTask;
            });

            // The first round warms up.
            if (round > 0)
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"a request {without.Microseconds:0.0} us, {without.Bytes} B; signed {with.Microseconds:0.0} us, {with.Bytes} B; "
                        + $"Ed25519 alone {bare.Microseconds:0.0} us"));
        }

        File.Delete(file);
        return 0;
    }

    private static RequestSigner Signer(SigningOptions options) =>
        new(Options.Create(new FetchingOptions { Signing = options }), TimeProvider.System, NullLogger<RequestSigner>.Instance);

    private static async ValueTask SignAsync(RequestSigner signer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("https://feeds.example/feed.xml"));
        if (await signer.SignAsync(request, CancellationToken.None) is { } fault) throw new InvalidOperationException(fault.Reason);
    }

    private static async Task<(double Microseconds, long Bytes)> MeasureAsync(Func<ValueTask> work)
    {
        var (allocated, before) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < Requests; i++) await work();
        return ((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Requests, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Requests);
    }
}
