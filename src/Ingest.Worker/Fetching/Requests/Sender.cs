namespace Ingest.Worker.Fetching.Requests;

/// <summary>Who asks, as every request says.</summary>
/// <param name="UserAgent">The User-Agent field: product, version and where to find more.</param>
/// <param name="From">The From field (RFC 9110, section 10.1.2): a mail address of whoever runs the worker; null for none.</param>
internal sealed record Sender(string UserAgent, string? From)
{
    public static Sender Of(FetchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return string.IsNullOrEmpty(options.ContactUrl)
            ? new(options.UserAgent, null)
            : new($"{options.UserAgent} (+{options.ContactUrl})", Mailbox(options.ContactUrl));
    }

    private static string? Mailbox(string contact) =>
        Uri.TryCreate(contact, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeMailto && url is { UserInfo.Length: > 0, Host.Length: > 0 }
            ? $"{url.UserInfo}@{url.Host}"
            : null;
}
