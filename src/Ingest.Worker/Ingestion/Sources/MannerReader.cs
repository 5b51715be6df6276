using System.Globalization;
using Ingest.Worker.Fetching;
using Ingest.Worker.Fetching.Network;
using Ingest.Worker.Fetching.Requests;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>Reads how a source is asked otherwise than all others. Faults hold no value that may be a secret.</summary>
internal static class MannerReader
{
    private const string NoProxy = "None";

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1), Longest = TimeSpan.FromMinutes(30);

    /// <summary>Reads the section of a source; faults are added to the list.</summary>
    public static FetchManner Read(IConfigurationSection source, List<string> faults)
    {
        T? Take<T>(string key, Func<string, T?> read, string fault)
        {
            if (source[key] is not { } text) return default;
            if (read(text) is { } value) return value;
            faults.Add($"{source.Path}:{key} {fault}.");
            return default;
        }

        var manner = new FetchManner
        {
            Cookie = Take(nameof(SourceOptions.Cookie), static text => SettingReference.IsOne(text) ? text : null,
                "is not a reference: give env:NAME or file:/path; the cookies themselves do not belong in the settings"),
            UserAgent = Take(nameof(SourceOptions.UserAgent), static text => IsPrintable(text) ? text.Trim() : null,
                "is empty, or has letters beyond printable ASCII: give a line such as MyReader/1.0 (+https://my.example)"),
            Proxy = Take(nameof(SourceOptions.Proxy), Proxy, "is not a proxy: give None, or an http, https or socks5 URL"),
            HttpVersion = Take(nameof(SourceOptions.HttpVersion), Version, $"is '{source[nameof(SourceOptions.HttpVersion)]}': give 1.1 or 2"),
            Certificate = Take(nameof(SourceOptions.Certificate), Certificate,
                "is neither a file nor a key: give file:/path of authorities in PEM form, or sha256//BASE64, the hash of the key that the server has"),
            Timeout = Take(nameof(SourceOptions.Timeout), Timeout, $"is '{source[nameof(SourceOptions.Timeout)]}': give a time from 00:00:01 to 00:30:00"),
        };
        return manner == FetchManner.Usual ? FetchManner.Usual : manner;
    }

    private static bool IsPrintable(string text) => !string.IsNullOrWhiteSpace(text) && text.All(static letter => letter is >= ' ' and <= '~');

    private static string? Proxy(string text) =>
        text.Equals(NoProxy, StringComparison.OrdinalIgnoreCase) ? ""
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "socks5" && url.Host.Length > 0
            && text.All(static letter => letter is > ' ' and <= '~') ? text
        : null;

    private static Version? Version(string text) => text switch
    {
        "1.1" => System.Net.HttpVersion.Version11,
        "2" or "2.0" => System.Net.HttpVersion.Version20,
        _ => null,
    };

    private static string? Certificate(string text) =>
        CertificateTrust.IsPin(text) || (SettingReference.IsOne(text) && text.StartsWith("file:", StringComparison.Ordinal)) ? text : null;

    private static TimeSpan? Timeout(string text) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time)
            && time >= Shortest && time <= Longest
            ? time
            : null;
}
