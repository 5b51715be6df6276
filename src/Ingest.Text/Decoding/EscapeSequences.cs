namespace Ingest.Text.Decoding;

/// <summary>Recognises undeclared ISO-2022 text by its escape sequences (RFC 1468, RFC 1557).</summary>
internal static class EscapeSequences
{
    public static EncodingChoice? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0x1B) < 0) return null;
        var label = bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0 ? "iso-2022-jp" : bytes.IndexOf("\e$)C"u8) >= 0 ? "iso-2022-kr" : null;
        return EncodingLabels.Find(label) is { } encoding ? new EncodingChoice(encoding, 0, "undeclared encoding is " + label) : null;
    }
}
