using System.IO;
using Ingest.Worker.Fetching;
using Ingest.Worker.Ingestion;
using Ingest.Worker.Operations;
using Ingest.Worker.Scheduling;
using Ingest.Worker.Storage;
using Ingest.Worker.Storage.Embedded;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands;

/// <summary>Where the settings come from, and everything that is wrong with them.</summary>
internal static class Settings
{
    private static readonly string[] Sections =
        ["Sources", "Fetching", "Polling", "Pages", "Scheduling", "Storage", "Operations", "EmbeddedPostgres"];

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
            .Select(static section => $"{section.Path} is no section: there are {string.Join(", ", Sections)}."),
        .. SettingsCheck.Faults<FetchingOptions>(configuration, FetchingOptions.Section),
        .. SettingsCheck.Faults<PollingOptions>(configuration, PollingOptions.Section),
        .. SettingsCheck.Faults<PagesOptions>(configuration, PagesOptions.Section),
        .. SettingsCheck.Faults<SchedulingOptions>(configuration, SchedulingOptions.Section),
        .. SettingsCheck.Faults<StorageOptions>(configuration, StorageOptions.Section),
        .. SettingsCheck.Faults<OperationsOptions>(configuration, OperationsOptions.Section),
        .. SettingsCheck.Faults<EmbeddedPostgresOptions>(configuration, EmbeddedPostgresOptions.Section),
    ];
}
