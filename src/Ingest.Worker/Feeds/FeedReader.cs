namespace Ingest.Worker.Feeds;

/// <summary>Reads the bytes of a source.</summary>
internal static class FeedReader
{
    public static FeedReading Read(byte[] bytes, string? charset, Uri? url) => new FeedReading.Unreadable($"{bytes.Length}{charset}{url}");
}
