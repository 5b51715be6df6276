namespace Ingest.Text;

/// <summary>An attached file.</summary>
/// <param name="Url">As published, resolved where possible.</param>
/// <param name="Type">Media type; null when not stated.</param>
/// <param name="Length">Size in bytes; null when not stated.</param>
public sealed record Enclosure(string Url, string? Type, long? Length);
