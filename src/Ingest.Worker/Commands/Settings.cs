using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Text.RegularExpressions;
using Ingest.PostgreSql.Embedded;
using Ingest.Worker.Archive.Retention;
using Ingest.Worker.Commands.Sessions;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion.Settings;
using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Operations;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Search;
using Ingest.Worker.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingest.Worker.Commands;

/// <summary>Where the settings come from, and everything that is wrong with them.</summary>
internal static partial class Settings
{
    private const string Section = "Ingest";

    private static readonly string[] Sections =
        ["Sources", "Fetching", "Polling", "Pages", "Reading", "Scheduling", "Storage", "Search", "Retention", "Duplicates", "Operations", "EmbeddedPostgres",
            "Webhooks"];

    /// <summary>Where the packages of systems keep settings.</summary>
    public const string InstalledFolder = "/etc/ingest-worker";

    private const string FileName = "appsettings.json";

    /// <summary>The file named by <c>--config</c>, else the folder's own, else the machine's, else the one that came with the program.</summary>
    public static string FileFor(string? named) =>
        named is not null
            ? Path.GetFullPath(named)
            : FirstIn(Environment.CurrentDirectory, InstalledFolder) ?? Path.Combine(AppContext.BaseDirectory, FileName);

    /// <summary>The first of the folders' settings files that is there; null for none.</summary>
    public static string? FirstIn(params string[] folders) => folders.Select(static folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists);

    /// <summary>Fills a configuration from the file and the environment.</summary>
    /// <returns>The file, or everything that is wrong with the settings, in words; exactly one is not null.</returns>
    public static (SettingsFile? File, string? Words) Load(ConfigurationManager configuration, string? named, bool isWatched)
    {
        var file = FileFor(named);
        if (!File.Exists(file) && !Directory.Exists(file))
            return (null, $"There is no settings file {file}: give one with --config, or run where appsettings.json is.");
        var settings = new SettingsFile(file, isWatched);
        ((IConfigurationBuilder)configuration).Add(settings);
        configuration.AddEnvironmentVariables();
        if (settings.Fault is { } fault) return (null, $"{file} cannot be read: {fault}");
        var faults = Faults(configuration);
        return faults.Count == 0 ? (settings, null)
            : (null, string.Join(
                Environment.NewLine + "  ", [$"{file} (or the environment) has {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}:", .. faults]));
    }

    /// <summary>Every fault that keeps the worker from starting, one sentence each.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
        [.. AllFaults(configuration).Select(static fault => Credentials().Replace(fault, "://***@")), .. ConnectionFaults(configuration)];

    private static IReadOnlyList<string> AllFaults(IConfiguration configuration) =>
    [
        .. ShapeFaults(configuration),
        .. ConsoleLog.Faults(configuration),
        .. configuration.GetSection(Section).GetChildren()
            .Where(static section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static section => $"{section.Path} is not a valid section: {SettingsCheck.Nearest(section.Key, Sections)}"),
        .. Faults<FetchingOptions>(
            configuration, FetchingOptions.Section, static options => new FetchingOptionsValidator().Validate(null, options).Failures ?? []),
        .. Faults<PollingOptions>(configuration, PollingOptions.Section, static options => options.Contradictions()),
        .. Faults<PagesOptions>(configuration, PagesOptions.Section),
        .. Faults<ReadingOptions>(configuration, ReadingOptions.Section),
        .. Faults<SchedulingOptions>(configuration, SchedulingOptions.Section, static options => options.Contradictions()),
        .. Faults<StorageOptions>(configuration, StorageOptions.Section),
        .. Faults<SearchOptions>(configuration, SearchOptions.Section),
        .. Faults<RetentionOptions>(configuration, RetentionOptions.Section, static options => options.Contradictions()),
        .. DuplicatesFaults(configuration),
        .. Faults<OperationsOptions>(configuration, OperationsOptions.Section, static options => options.Contradictions()),
        .. WebhookList.Read(configuration).Faults,
        .. Faults<EmbeddedPostgresOptions>(configuration, EmbeddedPostgresOptions.Section, static options =>
            options.Validate(new ValidationContext(options)).Select(static fault => $"{EmbeddedPostgresOptions.Section}: {fault.ErrorMessage}")),
    ];

    // A section that is something else, or has another name, would be taken for one that is not there.
    private static IEnumerable<string> ShapeFaults(IConfiguration configuration)
    {
        string[] sections = [Section, "ConnectionStrings", "Logging"];
        foreach (var section in sections.Append(SourceList.Section).Select(configuration.GetSection).Where(static section => section.Value is { Length: > 0 }))
            yield return $"{section.Path} is '{section.Value}': give a section of settings.";
        foreach (var section in configuration.GetChildren()
            .Where(section => section.GetChildren().Any() && !sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase)))
            if (SettingsCheck.Meant(section.Key, sections) is { } meant) yield return $"{section.Path} is not a valid section: did you mean {meant}?";
        foreach (var level in configuration.GetSection("Logging:LogLevel")
            .GetChildren()
            .Where(static level => !Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _)))
            yield return $"{level.Path} is '{level.Value}': give {string.Join(" or ", Enum.GetNames<LogLevel>())}.";
    }

    private static IEnumerable<string> ConnectionFaults(IConfiguration configuration)
    {
        string[] keys = [ConnectionText.Key, ReadingDatabase.Key];
        foreach (var connection in keys.Select(configuration.GetSection))
        {
            if (connection.GetChildren().Any()) yield return $"{connection.Path} is a section: give a connection string.";
            if (connection.Value is { Length: > 0 } text && !SettingReference.IsOne(text) && ConnectionText.Read(text, connection.Path).Fault is { } fault)
                yield return fault;
        }

        var missing = keys.Where(key => configuration[key] is null).Select(static key => key.Split(':')[1]).ToList();
        foreach (var other in configuration.GetSection("ConnectionStrings").GetChildren())
            if (!missing.Contains(other.Key, StringComparer.OrdinalIgnoreCase) && SettingsCheck.Meant(other.Key, missing) is { } meant)
                yield return $"{other.Path} is not a connection string of the worker: did you mean {meant}?";
    }

    // The mode may be written alone.
    private static IReadOnlyList<string> DuplicatesFaults(IConfiguration configuration)
    {
        if (configuration[DuplicatesOptions.Section] is not { Length: > 0 } alone) return Faults<DuplicatesOptions>(configuration, DuplicatesOptions.Section);
        return DuplicatesOptions.ModeAlone(configuration) is null
            ? [$"{DuplicatesOptions.Section} is '{alone}': give {string.Join(" or ", Enum.GetNames<DuplicatesMode>())}, or a section of settings."]
            : [];
    }

    // What single values are right enough to be bound is also looked at together.
    private static IReadOnlyList<string> Faults<TOptions>(
        IConfiguration configuration, string section, Func<TOptions, IEnumerable<string>>? contradictions = null)
        where TOptions : new()
    {
        var faults = SettingsCheck.Faults<TOptions>(configuration, section).ToList();
        if (faults.Count == 0 && contradictions is not null)
            faults.AddRange(contradictions(configuration.GetSection(section).Get<TOptions>() ?? new TOptions()));
        return faults;
    }

    // A proxy's URL has its password in it.
    [GeneratedRegex("://[^/@\\s']*@", RegexOptions.CultureInvariant)]
    private static partial Regex Credentials();
}
