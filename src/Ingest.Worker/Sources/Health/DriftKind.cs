using Ingest.Text;

namespace Ingest.Worker.Sources.Health;

/// <summary>In what a source's articles are no longer what they were.</summary>
internal enum DriftKind
{
    /// <summary>They have no text.</summary>
    [Word("empty", "no text")]
    Empty,

    /// <summary>Their texts are much shorter.</summary>
    [Word("short", "texts of less than a quarter of the usual words")]
    Short,

    /// <summary>They state no date.</summary>
    [Word("undated", "no date is stated")]
    Undated,

    /// <summary>Their texts begin alike: a template, or a notice in the text's place.</summary>
    [Word("repeated", "texts begin like those before: a template")]
    Repeated,

    /// <summary>Their pages are none of articles.</summary>
    [Word("rejected", "pages are none of articles")]
    Rejected,
}
