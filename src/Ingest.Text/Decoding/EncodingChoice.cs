using System.Text;

namespace Ingest.Text.Decoding;

/// <summary>How to turn bytes into text.</summary>
/// <param name="Encoding">Never throws on decoding: what it cannot decode becomes U+FFFD.</param>
/// <param name="Skip">Bytes of the byte order mark.</param>
/// <param name="Repair">What the bytes contradicted, in words; null when they were as declared.</param>
internal sealed record EncodingChoice(Encoding Encoding, int Skip, string? Repair)
{
    public string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.GetString(bytes[Skip..]);
        return text.Length > 0 && text[0] == '\uFEFF' ? text.TrimStart('\uFEFF') : text;
    }

    public RentedText Rent(ReadOnlySpan<byte> bytes)
    {
        var text = RentedText.Decode(Encoding, bytes[Skip..]);
        text.Skip(text.Length - text.Span.TrimStart('\uFEFF').Length);
        return text;
    }
}
