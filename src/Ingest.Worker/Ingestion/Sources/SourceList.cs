using System.Globalization;
using System.Text.RegularExpressions;
using Ingest.Identity;
using Ingest.Text.Secrets;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage.Sources;
using Microsoft.Extensions.Configuration;
using Quartz;

namespace Ingest.Worker.Ingestion.Sources;

/// <summary>The configured sources: those that are right, and what is wrong with the others.</summary>
/// <param name="Sources">Sources to be synchronised.</param>
/// <param name="Faulty">Names of sources with a fault; their rows stay as they are.</param>
/// <param name="Faults">One sentence a fault: key, value and remedy.</param>
internal sealed partial record SourceList(IReadOnlyList<ConfiguredSource> Sources, IReadOnlyList<string> Faulty, IReadOnlyList<string> Faults)
{
    public const string Section = "Ingest:Sources";

    /// <summary>Length of what a found source's name adds to that of the one it was found through.</summary>
    public const int FoundSuffix = 9;

    private const int MaxNameLength = 200;

    /// <summary>How the servers of the right sources are to be asked, by name.</summary>
    public IReadOnlyDictionary<string, AccessRules> Access { get; private init; } = new Dictionary<string, AccessRules>();

    /// <summary>Whether a name is that of a source found through another one.</summary>
    public static bool IsFound(string name) => FoundName().IsMatch(name);

    /// <summary>Reads <see cref="Section"/>; one bad source never costs the others.</summary>
    public static SourceList Read(IConfiguration configuration)
    {
        List<ConfiguredSource> sources = [];
        List<string> faulty = [], faults = [];
        var access = new Dictionary<string, AccessRules>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var found = new List<string>();
            var (source, rules) = ReadOne(section, found);
            if (found.Count > 0) faulty.Add(section.Key);
            else if (source is not null && rules is not null)
            {
                sources.Add(source);
                access[section.Key] = rules;
            }

            faults.AddRange(found);
        }

        return new SourceList(sources, faulty, faults) { Access = access };
    }

    /// <summary>The source; null when it is faulty or switched off.</summary>
    private static (ConfiguredSource? Source, AccessRules? Access) ReadOne(IConfigurationSection section, List<string> faults)
    {
        faults.AddRange(ShapeFaults(section));
        if (section.Value is { Length: > 0 }) return (null, null);
        var options = Options(section);
        T Take<T>(string key, string? text, T missing, TryRead<T> read, string remedy)
        {
            if (text is null) return missing;
            if (read(text, out var value)) return value;
            Fault(key, text, remedy);
            return missing;
        }

        void Fault(string key, string? text, string remedy) => faults.Add($"{section.Path}:{key} is '{UrlSecrets.Mask(text ?? "")}': {remedy}.");

        var url = Take<Uri?>("Url", options.Url ?? "", null, TryUrl, "give an absolute http or https URL");
        var fullText = Take("FullText", options.FullText, FullText.Auto, TryFullText, "give Auto, Always or Never");
        var schedule = Take<string?>(
            "Schedule", options.Schedule, null, TrySchedule, "give a Quartz cron expression of six or seven fields, as 0 0/15 * * * ?");
        var zone = Take("TimeZone", options.TimeZone, TimeZoneInfo.Utc, TimeZoneInfo.TryFindSystemTimeZoneById!, "give an IANA time zone, as Europe/Berlin");
        var interval = Take<TimeSpan?>("Interval", options.Interval, null, TryInterval, "give a time from 00:00:10 to 365.00:00:00");
        if (options.Schedule is not null && options.Interval is not null) Fault("Interval", options.Interval, "give either a Schedule or an Interval");
        var enabled = Take("Enabled", options.Enabled, true, bool.TryParse, "give true or false");
        var access = AccessReader.Read(section, url is null ? new Uri("about:blank") : new Uri(options.Url!.Trim()), faults);
        if (faults.Count > 0 || !enabled) return (null, null);
        return (new ConfiguredSource(section.Key, UrlSecrets.Without(url!), fullText, new PollRhythm(schedule, zone, interval), options.Tags), access);
    }

    private delegate bool TryRead<T>(string text, out T value);

    // The binder would stop at the first value that has not the shape of its property.
    private static SourceOptions Options(IConfigurationSection section) => new()
    {
        Url = section[nameof(SourceOptions.Url)],
        FullText = section[nameof(SourceOptions.FullText)],
        Schedule = section[nameof(SourceOptions.Schedule)],
        TimeZone = section[nameof(SourceOptions.TimeZone)],
        Interval = section[nameof(SourceOptions.Interval)],
        Tags = [.. section.GetSection(nameof(SourceOptions.Tags)).GetChildren().Select(static tag => tag.Value).OfType<string>()],
        Enabled = section[nameof(SourceOptions.Enabled)],
    };

    /// <summary>What is wrong with the section's shape, or keeps its name and tags from being stored.</summary>
    private static IEnumerable<string> ShapeFaults(IConfigurationSection section)
    {
        if (section.Value is { Length: > 0 })
        {
            yield return $"{section.Path} is '{UrlSecrets.Mask(section.Value)}': give a section with a Url.";
            yield break;
        }

        if (section.Key.Length > MaxNameLength)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{Section}:{section.Key[..20]}… has a name of {section.Key.Length} characters: give one of at most {MaxNameLength}.");
        if (!IsPlain(section.Key)) yield return $"{Section} has a name with control characters: give one without.";
        if (IsFound(section.Key))
            yield return $"{section.Path} has a name like those of sources found through another one: "
                + "give one that does not end in a slash and eight hexadecimal digits.";
        foreach (var child in section.GetChildren())
        {
            var property = typeof(SourceOptions).GetProperty(child.Key, PropertyFlags);
            if (property is null)
                yield return $"{child.Path} is not a setting of a source: "
                    + $"use {string.Join(", ", typeof(SourceOptions).GetProperties().Select(static property => property.Name))}.";
            else if (property.Name == nameof(SourceOptions.Tags))
                foreach (var fault in TagFaults(child)) yield return fault;
            else if (property.PropertyType == typeof(string) && child.Value is null && child.GetChildren().Any())
                yield return $"{child.Path} is a section: give a single value.";
        }
    }

    private static IEnumerable<string> TagFaults(IConfigurationSection tags)
    {
        if (tags.Value is { Length: > 0 }) yield return $"{tags.Path} is '{tags.Value}': give a list of words.";
        foreach (var tag in tags.GetChildren().Where(static tag => tag.Value is null || !IsPlain(tag.Value)))
            yield return $"{tag.Path} is '{tag.Value}': give a word without control characters.";
    }

    // Half a character is none: stored, it would be another name.
    private static bool IsPlain(string text) => !text.Any(char.IsControl) && text.EnumerateRunes().All(static rune => rune != System.Text.Rune.ReplacementChar);

    private static bool TryUrl(string text, out Uri? value) => (value = CanonicalUrl.Parse(text)) is not null;

    // A number would be one of the enum's.
    private static bool TryFullText(string text, out FullText value)
    {
        value = default;
        return text.Length > 0 && char.IsLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out value);
    }

    private static bool TrySchedule(string text, out string? value) => CronExpression.TryParse(value = text, out _);

    // A bare number would be a number of days.
    private static bool TryInterval(string text, out TimeSpan? value)
    {
        var isTime = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && text.Contains(':', StringComparison.Ordinal);
        value = interval;
        return isTime && interval >= TimeSpan.FromSeconds(10) && interval <= TimeSpan.FromDays(365);
    }

    [GeneratedRegex("/[0-9a-f]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex FoundName();

    private const System.Reflection.BindingFlags PropertyFlags =
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.IgnoreCase;
}
