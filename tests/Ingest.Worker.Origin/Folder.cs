using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;

namespace Ingest.Worker.Origin;

/// <summary>Replies from the files of a folder, read again when they change.</summary>
internal sealed class Folder(string root)
{
    private readonly string root = Path.GetFullPath(root) + Path.DirectorySeparatorChar;
    private readonly ConcurrentDictionary<string, (DateTime Written, Reply Reply)> cache = new(StringComparer.Ordinal);

    public Reply? Find(string path)
    {
        var file = Path.GetFullPath(Path.Combine(root, Uri.UnescapeDataString(path.Split('?')[0]).TrimStart('/')));
        if (!file.StartsWith(root, StringComparison.Ordinal) || !File.Exists(file))
            return null;
        var written = File.GetLastWriteTimeUtc(file);
        if (!cache.TryGetValue(file, out var cached) || cached.Written != written)
            cache[file] = cached = (written, Read(file, written));
        return cached.Reply;
    }

    internal static Reply Read(string file, string? contentType) => Reply.Ok(File.ReadAllBytes(file), contentType ?? ContentTypeOf(file));

    private static Reply Read(string file, DateTime written)
    {
        var reply = Read(file, contentType: null);
        return reply
            .ETag(string.Create(CultureInfo.InvariantCulture, $"\"{XxHash64.HashToUInt64(reply.Body.Span):x16}\""))
            .LastModified(written.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string ContentTypeOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".html" or ".htm" or "" => "text/html",
        ".rss" => "application/rss+xml",
        ".atom" => "application/atom+xml",
        ".xml" or ".rdf" => "application/xml",
        ".json" => "application/json",
        ".txt" => "text/plain; charset=utf-8",
        ".gz" => "application/gzip",
        _ => "application/octet-stream",
    };
}
