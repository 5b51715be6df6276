using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Reflection;
using Ingest.Worker.Fetching.Robots;
using Ingest.Worker.Fetching.Signing;
using Microsoft.Extensions.Options;

namespace Ingest.Worker.Fetching;

/// <summary>Names every fault of <see cref="FetchingOptions"/> at once, each with key, value and remedy.</summary>
internal sealed class FetchingOptionsValidator : IValidateOptions<FetchingOptions>
{
    public ValidateOptionsResult Validate(string? name, FetchingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = RangeFaults(options, FetchingOptions.Section).Concat(OwnFaults(options))
            .Concat(RangeFaults(options.Signing, SigningOptions.Section))
            .Concat(options.Signing.Faults())
            .ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> RangeFaults(object options, string section) =>
        from property in options.GetType().GetProperties()
        let range = property.GetCustomAttribute<RangeAttribute>()
        where range is not null
        let value = property.GetValue(options)
        where !range.IsValid(value)
        select Fault(property.Name, value, $"give a value from {Say(range.Minimum)} to {Say(range.Maximum)}", section);

    private static IEnumerable<string> OwnFaults(FetchingOptions options)
    {
        if (!ProductToken.Begins(options.UserAgent ?? ""))
            yield return Fault(
                nameof(options.UserAgent),
                options.UserAgent,
                "give a product that robots.txt can name, of letters, - and _, and a version, in printable ASCII, as IngestWorker/0.3");
        if (!string.IsNullOrEmpty(options.ContactUrl) && !IsUrl(options.ContactUrl, "http", "https", "mailto"))
            yield return Fault(nameof(options.ContactUrl), options.ContactUrl, "give an http, https or mailto URL, or leave it out");
        if (!string.IsNullOrEmpty(options.Proxy) && !IsUrl(options.Proxy, "http", "https", "socks5"))
            yield return Fault(nameof(options.Proxy), WithoutUserInfo(options.Proxy), "give an http, https or socks5 URL, or leave it out");
        for (var i = 0; i < options.AllowedNetworks.Count; i++)
        {
            if (!IPNetwork.TryParse(options.AllowedNetworks[i], out _))
                yield return Fault(
                    $"{nameof(options.AllowedNetworks)}:{i.ToString(CultureInfo.InvariantCulture)}",
                    options.AllowedNetworks[i],
                    "give a network in CIDR form, as 10.1.0.0/16 or fd00::/8");
        }

        if (options.AttemptTimeout > options.TotalTimeout)
            yield return Fault(nameof(options.AttemptTimeout), options.AttemptTimeout, $"give at most TotalTimeout ({Say(options.TotalTimeout)})");
    }

    private static bool IsUrl(string text, params string[] schemes) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && schemes.Contains(url.Scheme, StringComparer.Ordinal) && text.All(c => c is > ' ' and <= '~');

    private static string WithoutUserInfo(string text) => text.LastIndexOf('@') is var at and >= 0 ? "…" + text[at..] : text;

    private static string Fault(string key, object? value, string remedy, string section = FetchingOptions.Section) =>
        $"{section}:{key} is '{Say(value)}': {remedy}.";

    private static string Say(object? value) =>
        value is TimeSpan time ? time.ToString("g", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
