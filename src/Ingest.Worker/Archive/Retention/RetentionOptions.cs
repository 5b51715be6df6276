using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive.Retention;

/// <summary>How long articles are kept: section <c>Ingest:Retention</c>. By default, forever.</summary>
internal sealed class RetentionOptions
{
    public const string Section = "Ingest:Retention";

    /// <summary>Age at which articles are removed, counted from their day. Default none.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "365000.00:00:00")]
    public TimeSpan? After { get; init; }

    /// <summary>The same for single sources by name, as <c>d.hh:mm:ss</c> or <c>never</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; init; } = new Dictionary<string, string>();

    /// <summary>Most articles that are kept; beyond that the oldest are removed. Default none.</summary>
    [Range(1L, long.MaxValue)]
    public long? MaxArticles { get; init; }

    /// <summary>
    /// A folder to which articles are written before they are removed; what cannot be written there is not removed. Default none: they are removed only.
    /// </summary>
    public string? ArchiveTo { get; init; }

    /// <summary>How they are written there, but not as Csv. Default JsonLines. Dated text and JSON lines are compressed with zstd.</summary>
    public ArchiveFormat Format { get; init; } = ArchiveFormat.JsonLines;

    /// <summary>How often old articles are looked for. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "31.00:00:00")]
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>What is wrong with the rules of single sources, or with the archive.</summary>
    public IEnumerable<string> Contradictions() => Sources
        .Where(static rule => rule.Value != "never" && AgeOf(rule.Value) is null)
        .Select(static rule => $"{Section}:{nameof(Sources)}:{rule.Key} is '{rule.Value}': give a time of a day or more as d.hh:mm:ss, or never.")
        .Concat(
            Format == ArchiveFormat.Csv
                ? [$"{Section}:{nameof(Format)} is 'Csv', which cannot be imported again: give Dated or JsonLines or Parquet."]
                : []);

    public RetentionBounds ToBounds(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new RetentionBounds(
            Bound(After), Sources.ToDictionary(static rule => rule.Key, rule => Bound(AgeOf(rule.Value)), StringComparer.Ordinal), MaxArticles);

        DateOnly? Bound(TimeSpan? age) => age is { } kept ? today.AddDays(-(int)Math.Min(kept.TotalDays, today.DayNumber)) : null;
    }

    private static TimeSpan? AgeOf(string text) =>
        TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var age) && text.Contains(':', StringComparison.Ordinal) && age >= TimeSpan.FromDays(1)
            ? age
            : null;
}
