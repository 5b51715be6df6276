using System.ComponentModel.DataAnnotations;
using System.IO;
using Ingest.Worker.Archive;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Operations;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Duplicates;
using Ingest.Worker.Storage.Embedded;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands;

/// <summary>Where the settings come from, and everything that is wrong with them.</summary>
internal static class Settings
{
    private static readonly string[] Sections =
        ["Sources", "Fetching", "Polling", "Pages", "Scheduling", "Storage", "Search", "Retention", "Duplicates", "Operations", "EmbeddedPostgres"];

    /// <summary>The file named by <c>--config</c>, else the folder's own, else the one that came with the program.</summary>
    public static string FileFor(string? named)
    {
        const string name = "appsettings.json";
        if (named is not null) return Path.GetFullPath(named);
        return File.Exists(name) ? Path.GetFullPath(name) : Path.Combine(AppContext.BaseDirectory, name);
    }

    /// <summary>Every fault that keeps the worker from starting, one sentence each.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration) =>
    [
        .. configuration.GetSection("Ingest").GetChildren()
            .Where(static section => !Sections.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            .Select(static section => $"{section.Path} is no section: {SettingsCheck.Nearest(section.Key, Sections)}"),
        .. Faults<FetchingOptions>(configuration, FetchingOptions.Section, static options => new FetchingOptionsValidator().Validate(null, options).Failures ?? []),
        .. Faults<PollingOptions>(configuration, PollingOptions.Section, static options => options.Contradictions()),
        .. Faults<PagesOptions>(configuration, PagesOptions.Section),
        .. Faults<ReadingOptions>(configuration, ReadingOptions.Section),
        .. Faults<SchedulingOptions>(configuration, SchedulingOptions.Section, static options => options.Contradictions()),
        .. Faults<StorageOptions>(configuration, StorageOptions.Section),
        .. Faults<SearchOptions>(configuration, SearchOptions.Section),
        .. Faults<RetentionOptions>(configuration, RetentionOptions.Section, static options => options.Contradictions()),
        .. DuplicatesFaults(configuration),
        .. Faults<OperationsOptions>(configuration, OperationsOptions.Section),
        .. Faults<EmbeddedPostgresOptions>(configuration, EmbeddedPostgresOptions.Section, static options =>
            options.Validate(new ValidationContext(options)).Select(static fault => $"{EmbeddedPostgresOptions.Section}: {fault.ErrorMessage}")),
    ];

    // The mode may be written alone.
    private static IReadOnlyList<string> DuplicatesFaults(IConfiguration configuration)
    {
        if (configuration[DuplicatesOptions.Section] is not { Length: > 0 } alone) return Faults<DuplicatesOptions>(configuration, DuplicatesOptions.Section);
        return DuplicatesOptions.ModeAlone(configuration) is null ? [$"{DuplicatesOptions.Section} is '{alone}': give {string.Join(" or ", Enum.GetNames<DuplicatesMode>())}, or a section of settings."] : [];
    }

    // What single values are right enough to be bound is also looked at together.
    private static IReadOnlyList<string> Faults<TOptions>(IConfiguration configuration, string section, Func<TOptions, IEnumerable<string>>? contradictions = null)
        where TOptions : new()
    {
        var faults = SettingsCheck.Faults<TOptions>(configuration, section).ToList();
        if (faults.Count == 0 && contradictions is not null) faults.AddRange(contradictions(configuration.GetSection(section).Get<TOptions>() ?? new TOptions()));
        return faults;
    }
}
