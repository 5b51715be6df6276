using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>What becomes of an article whose text another one has already.</summary>
internal enum DuplicatesMode
{
    /// <summary>Both are kept, and share a story.</summary>
    Link,

    /// <summary>Only the first is kept; the later one's URL and sightings are added to it.</summary>
    Drop,

    /// <summary>Texts are not compared.</summary>
    Off,
}

/// <summary>How near-duplicates are found (<c>Ingest:Duplicates</c>, which may also be the mode alone).</summary>
internal sealed class DuplicatesOptions
{
    public const string Section = "Ingest:Duplicates";

    /// <summary>What is done with them. May also stand alone, as <c>"Duplicates": "Drop"</c>. Default Link.</summary>
    public DuplicatesMode Mode { get; set; } = DuplicatesMode.Link;

    /// <summary>Share of the shorter text's word groups that must stand in the longer one too. Default 0.5, range 0.3 to 1.</summary>
    [Range(0.3, 1.0)]
    public double Similarity { get; init; } = 0.5;

    /// <summary>Days between two articles that may still be one story. Default 14, range 1 to 366; the index grows with it.</summary>
    [Range(1, 366)]
    public int WindowDays { get; init; } = 14;

    /// <summary>Whether imported articles are compared too. Default false: an import is faster without.</summary>
    public bool Imports { get; init; }

    /// <summary>The mode where it is written alone, as in <c>Ingest__Duplicates=Drop</c>; null where it is not, or is none.</summary>
    public static DuplicatesMode? ModeAlone(IConfiguration configuration) =>
        configuration[Section] is { } alone && !int.TryParse(alone, CultureInfo.InvariantCulture, out _)
            && Enum.TryParse<DuplicatesMode>(alone, ignoreCase: true, out var mode)
            ? mode
            : null;
}
