using System.Reflection;
using Ingest.Identity;
using Ingest.Text;
using Ingest.Text.Secrets;
using Ingest.Worker.Fetching;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Webhooks;

/// <summary>The configured webhooks, and what is wrong with them; one sentence a fault, never with what may be a secret.</summary>
/// <param name="Hooks">Those that are right.</param>
/// <param name="Faults">Key, value and remedy.</param>
internal sealed record WebhookList(IReadOnlyList<Webhook> Hooks, IReadOnlyList<string> Faults)
{
    public const string Section = "Ingest:Webhooks";

    private const int MaxNameLength = 100, MaxQueryLength = 1000;

    private static readonly IReadOnlyList<PropertyInfo> Settings = typeof(WebhookOptions).GetProperties();

    /// <summary>Reads <see cref="Section"/>.</summary>
    public static WebhookList Read(IConfiguration configuration)
    {
        List<Webhook> hooks = [];
        List<string> faults = [];
        var all = configuration.GetSection(Section);
        if (all.Value is { Length: > 0 }) faults.Add($"{Section} is a single value: give a section of webhooks by name.");
        foreach (var section in all.GetChildren())
        {
            var found = ShapeFaults(section).ToList();
            if (found.Count == 0 && ReadOne(section, found) is { } hook && found.Count == 0) hooks.Add(hook);
            faults.AddRange(found);
        }

        return new WebhookList(hooks, faults);
    }

    private static Webhook? ReadOne(IConfigurationSection section, List<string> faults)
    {
        var (url, secret, query) = (UrlOf(section, faults), section[nameof(WebhookOptions.Secret)], section[nameof(WebhookOptions.Query)] ?? "");
        if (secret is null || !SettingReference.IsOne(secret))
            faults.Add($"{section.Path}:Secret is {(secret is null ? "missing" : "not a reference")}: "
                + "give env:NAME or file:/path that holds whsec_ and base64; the secret itself does not belong in the settings.");
        if (query.Length > MaxQueryLength) faults.Add($"{section.Path}:Query is longer than {MaxQueryLength} characters: give a shorter one.");
        var isEnabled = true;
        if (section[nameof(WebhookOptions.Enabled)] is { } enabled && !bool.TryParse(enabled, out isEnabled))
            faults.Add($"{section.Path}:Enabled is '{enabled}': give true or false.");
        var events = Events(section.GetSection(nameof(WebhookOptions.Events)), faults);
        if (url is null || faults.Count > 0) return null;
        return new Webhook(section.Key, url, secret!)
        {
            Events = events.Count > 0 ? events : Enum.GetValues<HookEvent>().ToHashSet(),
            Sources = Texts(section, nameof(WebhookOptions.Sources)),
            Tags = Texts(section, nameof(WebhookOptions.Tags)),
            Languages = Texts(section, nameof(WebhookOptions.Languages)),
            Query = query.Trim(),
            IsEnabled = isEnabled,
        };
    }

    private static Uri? UrlOf(IConfigurationSection section, List<string> faults)
    {
        var text = section[nameof(WebhookOptions.Url)];
        if (text is not null && Uri.TryCreate(text, UriKind.Absolute, out var stated) && stated.UserInfo.Length == 0 && CanonicalUrl.Parse(text) is { } url)
            return url;
        faults.Add(text is null
            ? $"{section.Path}:Url is missing: give an absolute http or https URL."
            : $"{section.Path}:Url is '{UrlSecrets.Mask(text)}': give an absolute http or https URL, without a user.");
        return null;
    }

    private static HashSet<HookEvent> Events(IConfigurationSection section, List<string> faults)
    {
        var events = new HashSet<HookEvent>();
        foreach (var one in section.GetChildren())
        {
            if (one.Value is { } word && Words<HookEvent>.All.Contains(word, StringComparer.Ordinal)) events.Add(Words<HookEvent>.Read(word));
            else faults.Add($"{one.Path} is '{one.Value}': give {string.Join(", ", Words<HookEvent>.All)}.");
        }

        return events;
    }

    private static HashSet<string> Texts(IConfigurationSection section, string name) =>
        section.GetSection(name).GetChildren().Select(static one => one.Value).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> ShapeFaults(IConfigurationSection section)
    {
        if (section.Value is { Length: > 0 }) yield return $"{section.Path} is a single value: give a section with Url and Secret.";
        if (section.Key.Length > MaxNameLength || section.Key.Any(char.IsControl) || section.Key.Contains('\uFFFD', StringComparison.Ordinal))
            yield return $"{Section} has a name that is too long, or has control characters: give one of at most {MaxNameLength} characters without.";
        foreach (var child in section.GetChildren())
        {
            if (Settings.FirstOrDefault(property => property.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
                yield return $"{child.Path} is not a setting of a webhook: use {string.Join(", ", Settings.Select(static one => one.Name))}.";
            else if (property.PropertyType == typeof(string) && child.Value is null && child.GetChildren().Any())
                yield return $"{child.Path} is a section: give a single value.";
            else if (property.PropertyType != typeof(string) && child.Value is { Length: > 0 })
                yield return $"{child.Path} is '{child.Value}': give a list.";
        }
    }
}
