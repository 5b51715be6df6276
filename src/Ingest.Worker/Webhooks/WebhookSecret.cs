using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Fetching;

namespace Ingest.Worker.Webhooks;

/// <summary>
/// The keys by which a webhook's messages are signed, as Standard Webhooks has it: HMAC-SHA256 over id, time and body. Of several, as while one is replaced by
/// another, each signs.
/// </summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int LeastBytes = 24, MostBytes = 64, MostKeys = 4;

    private readonly List<byte[]> keys;

    private WebhookSecret(List<byte[]> keys) => this.keys = keys;

    /// <summary>Reads it from where its reference leads, afresh each time, so that it can be replaced while the worker runs.</summary>
    /// <returns>The secret, or why there is none, in words that hold nothing of it; exactly one is not null.</returns>
    public static async Task<(WebhookSecret? Secret, string? Fault)> ReadAsync(string reference, CancellationToken ct)
    {
        var (text, fault) = await SettingReference.ReadAsync(reference, ct);
        if (text is null) return (null, $"the secret cannot be read: {fault}");
        return Of(text) is { } secret
            ? (secret, null)
            : (null, $"the secret at {reference} is none: it has to be {Prefix} and {LeastBytes} to {MostBytes} bytes in base64");
    }

    /// <summary>The secret that stands in a text; null where it is none.</summary>
    public static WebhookSecret? Of(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is 0 or > MostKeys) return null;
        var keys = new List<byte[]>();
        foreach (var word in words)
        {
            if (!word.StartsWith(Prefix, StringComparison.Ordinal)) return null;
            var key = new byte[MostBytes + 3];
            if (!Convert.TryFromBase64String(word[Prefix.Length..], key, out var length) || length is < LeastBytes or > MostBytes) return null;
            keys.Add(key[..length]);
        }

        return new WebhookSecret(keys);
    }

    /// <summary>The field <c>webhook-signature</c> of a message.</summary>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> payload)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] signed = [.. head, .. payload];
        return string.Join(' ', keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }
}
