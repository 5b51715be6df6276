using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ingest.Worker.Origin;

/// <summary>
/// What an origin serves, as a JSON file. Relative files and folders are beside the script. Example:
/// <code>
/// { "addresses": ["127.0.0.1", "127.0.0.2"], "port": 8900,
///   "folders": { "/pages/": "captured" },
///   "routes": {
///     "/feed.xml": [ { "status": 503, "retryAfter": "2" }, { "file": "feed.xml", "etag": "\"1\"", "coding": "gzip" } ],
///     "/moved":    [ { "status": 301, "location": "/feed.xml" } ],
///     "/bomb":     [ { "bomb": 1073741824, "codings": ["gzip"] } ],
///     "/trickle":  [ { "file": "feed.xml", "pieceBytes": 1, "pieceMilliseconds": 1000 } ] } }
/// </code>
/// </summary>
public sealed record OriginScript
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Loopback addresses, each a host of its own to readers. Default 127.0.0.1.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = ["127.0.0.1"];

    /// <summary>0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Speaks TLS with such a certificate.</summary>
    public CertificateFlaw? Tls { get; init; }

    /// <summary>Path prefix → folder.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>Path → its replies in turn, the last one forever.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ScriptedReply>> Routes { get; init; } = new Dictionary<string, IReadOnlyList<ScriptedReply>>();

    /// <summary>Starts an origin that serves a script.</summary>
    /// <exception cref="JsonException">Not a script; the message says where.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<ScriptedOrigin> StartAsync(string file)
    {
        var script = JsonSerializer.Deserialize<OriginScript>(await File.ReadAllTextAsync(file), Json) ?? throw new JsonException("The script is empty.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var addresses = script.Addresses.Select(IPAddress.Parse).ToList();
        if (addresses.Find(a => !IPAddress.IsLoopback(a)) is { } outside)
            throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{outside} is no loopback address; the origin speaks to this machine only."));
        var origin = await ScriptedOrigin.StartAsync(addresses, script.Port, script.Tls);
        foreach (var (prefix, path) in script.Folders)
            origin.ServeFolder(prefix, Path.Combine(folder, path));
        foreach (var (path, replies) in script.Routes)
            origin.Serve(path, [.. replies.Select(r => r.ToReply(folder))]);
        return origin;
    }
}

/// <summary>One reply of a script.</summary>
public sealed record ScriptedReply
{
    public int Status { get; init; } = 200;

    /// <summary>The body's file; else <see cref="Body"/>.</summary>
    public string? File { get; init; }

    public string Body { get; init; } = "";

    public string? ContentType { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public string? Location { get; init; }

    /// <summary>Seconds or a date, sent as it stands.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>More fields.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>gzip, br, zstd, deflate or raw-deflate.</summary>
    public string? Coding { get; init; }

    /// <summary>A bomb of so many decoded bytes, coded by <see cref="Codings"/>.</summary>
    public long? Bomb { get; init; }

    public IReadOnlyList<string> Codings { get; init; } = ["gzip"];

    /// <summary>Bytes of header fields to add.</summary>
    public int HeaderFlood { get; init; }

    public int DelayMilliseconds { get; init; }

    public int PieceBytes { get; init; }

    public int PieceMilliseconds { get; init; }

    public BodyEnding Ending { get; init; }

    /// <summary>Whether the very validators are answered with 304.</summary>
    public bool ComparesValidators { get; init; } = true;

    /// <summary>Whether every conditional request is answered with 304, whatever changed.</summary>
    public bool AlwaysNotModified { get; init; }

    internal Reply ToReply(string folder)
    {
        var reply = Bomb is { } bytes ? Reply.Bomb(bytes, [.. Codings])
            : File is { } file ? Folder.Read(Path.Combine(folder, file), contentType: ContentType)
            : Reply.Ok(Body, ContentType ?? "text/plain; charset=utf-8");
        reply = reply with { Status = Status, Ending = Ending, ComparesValidators = ComparesValidators, AlwaysNotModified = AlwaysNotModified };
        if (Coding is not null)
            reply = reply.Coded(Coding);
        foreach (var (name, value) in Headers.Concat(Fields()))
            reply = reply.Header(name, value);
        if (HeaderFlood > 0)
            reply = reply.WithHeaderFlood(HeaderFlood);
        return reply.Slowly(PieceBytes, TimeSpan.FromMilliseconds(PieceMilliseconds)).After(TimeSpan.FromMilliseconds(DelayMilliseconds));
    }

    private IEnumerable<KeyValuePair<string, string>> Fields() =>
        from field in new[] { ("ETag", ETag), ("Last-Modified", LastModified), ("Location", Location), ("Retry-After", RetryAfter) }
        where field.Item2 is not null
        select KeyValuePair.Create(field.Item1, field.Item2);
}
