using System.Globalization;
using Ingest.Worker.Identity;
using Ingest.Worker.Sources;
using Ingest.Worker.Storage;
using Microsoft.Extensions.Configuration;
using Quartz;

namespace Ingest.Worker.Ingestion;

/// <summary>The configured sources: those that are right, and what is wrong with the others.</summary>
/// <param name="Sources">Sources to be synchronised.</param>
/// <param name="Faulty">Names of sources with a fault; their rows stay as they are.</param>
/// <param name="Faults">One sentence a fault: key, value and remedy.</param>
internal sealed record SourceList(IReadOnlyList<ConfiguredSource> Sources, IReadOnlyList<string> Faulty, IReadOnlyList<string> Faults)
{
    public const string Section = "Ingest:Sources";

    private const int MaxNameLength = 200;

    /// <summary>Reads <see cref="Section"/>; one bad source never costs the others.</summary>
    public static SourceList Read(IConfiguration configuration)
    {
        List<ConfiguredSource> sources = [];
        List<string> faulty = [], faults = [];
        foreach (var section in configuration.GetSection(Section).GetChildren())
        {
            var found = new List<string>();
            var source = ReadOne(section, found);
            if (found.Count > 0) faulty.Add(section.Key);
            else if (source is not null) sources.Add(source);
            faults.AddRange(found);
        }

        return new SourceList(sources, faulty, faults);
    }

    /// <summary>The source; null when it is faulty or switched off.</summary>
    private static ConfiguredSource? ReadOne(IConfigurationSection section, List<string> faults)
    {
        var options = section.Get<SourceOptions>() ?? new SourceOptions();
        foreach (var unknown in section.GetChildren().Where(static child => typeof(SourceOptions).GetProperty(child.Key, PropertyFlags) is null))
            faults.Add($"{unknown.Path} is no setting of a source: use {string.Join(", ", typeof(SourceOptions).GetProperties().Select(static property => property.Name))}.");
        void Fault(string key, string? value, string remedy) => faults.Add($"{section.Path}:{key} is '{value}': {remedy}.");

        if (section.Key.Length > MaxNameLength) Fault("(name)", section.Key[..20] + "…", string.Create(CultureInfo.InvariantCulture, $"give a name of at most {MaxNameLength} characters"));
        var url = CanonicalUrl.Parse(options.Url);
        if (url is null) Fault("Url", options.Url, "give an absolute http or https URL");
        var fullText = FullText.Auto;
        if (options.FullText is not null && !(Enum.TryParse(options.FullText, ignoreCase: true, out fullText) && Enum.IsDefined(fullText)))
            Fault("FullText", options.FullText, "give Auto, Always or Never");
        if (options.Schedule is not null && !CronExpression.TryParse(options.Schedule, out _))
            Fault("Schedule", options.Schedule, "give a Quartz cron expression of six or seven fields, as 0 0/15 * * * ?");
        var zone = TimeZoneInfo.Utc;
        if (options.TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out zone))
            Fault("TimeZone", options.TimeZone, "give an IANA time zone, as Europe/Berlin");
        TimeSpan? interval = null;
        if (options.Interval is not null)
        {
            if (TimeSpan.TryParse(options.Interval, CultureInfo.InvariantCulture, out var stated) && stated >= TimeSpan.FromSeconds(10) && stated <= TimeSpan.FromDays(365)) interval = stated;
            else Fault("Interval", options.Interval, "give a time from 00:00:10 to 365.00:00:00");
        }

        if (options.Schedule is not null && options.Interval is not null) Fault("Interval", options.Interval, "give either a Schedule or an Interval");
        var enabled = true;
        if (options.Enabled is not null && !bool.TryParse(options.Enabled, out enabled)) Fault("Enabled", options.Enabled, "give true or false");
        return faults.Count > 0 || !enabled ? null : new ConfiguredSource(section.Key, url!, fullText, new PollRhythm(options.Schedule, zone ?? TimeZoneInfo.Utc, interval), options.Tags);
    }

    private const System.Reflection.BindingFlags PropertyFlags =
        System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.IgnoreCase;
}
