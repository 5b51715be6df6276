using System.Text.Json.Serialization;

namespace Ingest.Worker.Origin;

/// <summary>One request as it arrived.</summary>
/// <param name="At">When its head was read.</param>
/// <param name="Method">Its method.</param>
/// <param name="Host">Host field.</param>
/// <param name="Path">Path and query as sent.</param>
/// <param name="Headers">Its fields, each char one byte of the wire (Latin-1); of several of one name, joined with a comma.</param>
/// <param name="Protocol">HTTP/1.1 or HTTP/2.</param>
public sealed record SeenRequest(DateTimeOffset At, string Method, string Host, string Path, IReadOnlyDictionary<string, string> Headers, string Protocol)
{
    /// <summary>Status of the answer; 0 until it was sent.</summary>
    public int Status { get; internal set; }

    /// <summary>What it is answered with, however much of that is sent; null before that is known.</summary>
    [JsonIgnore]
    public Reply? Reply { get; internal set; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public bool IsConditional => Headers.ContainsKey("If-None-Match") || Headers.ContainsKey("If-Modified-Since");
}
