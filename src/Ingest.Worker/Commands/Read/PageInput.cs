using System.IO;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Tasks;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Commands.Read;

/// <summary>A page to read: a file, plain or gzipped, or a URL to fetch.</summary>
/// <param name="Id">What the page is called in the output.</param>
/// <param name="Url">Where it came from; null when only a file is known.</param>
/// <param name="File">Its file; null when it must be fetched.</param>
internal sealed record PageInput(string Id, Uri? Url, string? File)
{
    private const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>The input that an argument names.</summary>
    public static PageInput Of(string argument, Uri? url) =>
        Uri.TryCreate(argument, UriKind.Absolute, out var target) && target.Scheme is "http" or "https"
            ? new PageInput(UrlSecrets.Mask(argument), target, null)
            : new PageInput(argument, url, argument);

    /// <summary>
    /// Reads a manifest: one JSON object a line with <c>id</c>, <c>url</c> and <c>file</c> (or <c>html</c>), the file relative to the manifest.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is not such an object; the message names it.</exception>
    public static IEnumerable<PageInput> OfManifest(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var number = 0;
        foreach (var line in System.IO.File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return OfLine(line, folder, $"{path}:{number.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>Reads or fetches the page.</summary>
    /// <exception cref="IOException">The file cannot be read, is too large, or the fetch failed; the message says which.</exception>
    public async Task<Page> ReadAsync(FetchAsync fetch, CancellationToken ct)
    {
        if (File is null) return await FetchAsync(fetch, ct);
        await using var file = System.IO.File.OpenRead(File);
        var bytes = await ReadAllAsync(file, ct);
        if (bytes is [0x1F, 0x8B, ..])
        {
            await using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            bytes = await ReadAllAsync(gzip, ct);
        }

        return new Page(bytes, null, Url ?? new Uri(Path.GetFullPath(File)));
    }

    private static PageInput OfLine(string line, string folder, string where)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var file = Text(json, "file") ?? Text(json, "html");
            var url = Text(json, "url") is { } address ? new Uri(address) : null;
            if (file is null && url is null) throw new InvalidDataException($"{where}: neither file nor url.");
            return new PageInput(Text(json, "id") ?? file ?? url!.OriginalString, url, file is null ? null : Path.Combine(folder, file));
        }
        catch (Exception fault) when (fault is JsonException or UriFormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{where}: {fault.Message}", fault);
        }
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;

    private async Task<Page> FetchAsync(FetchAsync fetch, CancellationToken ct) => await fetch(new FetchRequest(Url!, FetchKind.Page, null), ct) switch
    {
        FetchResult.Fetched fetched => new Page(fetched.Body, fetched.Charset, fetched.FinalUrl),
        FetchResult.Failed failed => throw new IOException(failed.Reason),
        var other => throw new IOException($"unexpected answer {other.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)}"),
    };

    private static async Task<byte[]> ReadAllAsync(Stream stream, CancellationToken ct)
    {
        using var all = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (all.Length + read > MaxBytes) throw new IOException("The page is larger than 64 MB.");
            all.Write(buffer, 0, read);
        }

        return all.ToArray();
    }

    /// <summary>The bytes of a page, the charset of its Content-Type and the URL that answered.</summary>
    internal sealed record Page(byte[] Bytes, string? Charset, Uri Url);
}
