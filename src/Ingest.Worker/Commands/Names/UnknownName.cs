using Ingest.Worker.Ingestion.Sources;
using Ingest.Worker.Operations;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Commands.Names;

/// <summary>What is said of a name that nothing has.</summary>
internal static class UnknownName
{
    private const int Most = 3;

    /// <summary>What may have been meant, a sentence without its beginning: the name that surely was, or the nearest three.</summary>
    public static string Nearest(string name, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return "there are none.";
        if (SettingsCheck.Meant(name, names) is { } meant) return $"did you mean {meant}?";
        var nearest = SettingsCheck.ByDistance(name, names).Take(Most).ToList();
        var listed = nearest.Count == 1 ? nearest[0] : $"{string.Join(", ", nearest.SkipLast(1))} and {nearest[^1]}";
        return names.Count > Most ? $"the nearest are {listed}." : nearest.Count == 1 ? $"there is {listed}." : $"there are {listed}.";
    }

    /// <summary>What is said of a name that no source in the database has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="existing">The names of all sources in the database.</param>
    /// <param name="configuration">The settings, in which it may stand all the same.</param>
    public static string OfSource(string name, IReadOnlyCollection<string> existing, IConfiguration configuration)
    {
        var list = SourceList.Read(configuration);
        if (list.Faulty.Contains(name, StringComparer.OrdinalIgnoreCase))
            return $"The source '{name}' is faulty, and not in the database: "
                + string.Join(" ", list.Faults.Where(fault => fault.StartsWith($"{SourceList.Section}:{name}", StringComparison.OrdinalIgnoreCase)));
        return list.Sources.Any(source => source.Name == name)
            ? $"The source '{name}' is configured, and not in the database yet: the worker takes it up when it starts or its settings change; "
                + $"\"{IngestCommandLine.Name} run --once {name}\" does so now."
            : $"There is no source '{name}': {Nearest(name, existing)}";
    }
}
