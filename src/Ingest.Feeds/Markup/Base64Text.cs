using System.Text;

namespace Ingest.Feeds.Markup;

/// <summary>Text in base64, as old feeds carry it.</summary>
internal static class Base64Text
{
    /// <summary>The decoded text; null when it is not base64 of UTF-8 text.</summary>
    public static string? Read(string encoded)
    {
        if (encoded.Length > FeedLimits.MaxText) return null;
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64String(encoded, bytes, out var written) || written == 0) return null;
        var content = bytes.AsSpan(0, written);
        return System.Text.Unicode.Utf8.IsValid(content) && !content.Contains((byte)0) ? Encoding.UTF8.GetString(content) : null;
    }
}
