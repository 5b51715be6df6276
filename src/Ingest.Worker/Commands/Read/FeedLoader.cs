using System.IO;
using System.Threading.Tasks;
using Ingest.Feeds;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Reading;

namespace Ingest.Worker.Commands.Read;

/// <summary>Gets the bytes of an input and reads them; whatever goes wrong is a reason.</summary>
internal sealed class FeedLoader(FetchAsync fetch)
{
    public async Task<FeedReading> ReadAsync(FeedInput input, CancellationToken ct)
    {
        if (Uri.TryCreate(input.Path, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return await FetchAsync(url, ct);
        try
        {
            var file = new FileInfo(input.Path);
            if (file.Exists && file.Length > FeedLimits.MaxBytes) return new FeedReading.Unreadable($"the file is larger than {FeedLimits.MaxBytes} bytes");
            return FeedReader.Read(await File.ReadAllBytesAsync(input.Path, ct), input.Charset, input.Url, ReadingTime.DefaultLimit(ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new FeedReading.Unreadable(e.Message);
        }
    }

    private async Task<FeedReading> FetchAsync(Uri url, CancellationToken ct) =>
        await fetch(new FetchRequest(url, FetchKind.Feed, null), ct) switch
        {
            FetchResult.Fetched fetched => FeedReader.Read(fetched.Body, fetched.Charset, fetched.FinalUrl, ReadingTime.DefaultLimit(ct)),
            FetchResult.Failed failed => new FeedReading.Unreadable(failed.Reason),
            FetchResult.NotModified => new FeedReading.Unreadable("the server said 304 to an unconditional request"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
}
