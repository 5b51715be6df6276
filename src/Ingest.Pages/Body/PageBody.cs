namespace Ingest.Pages.Body;

/// <summary>The running text found on a page.</summary>
/// <param name="Text">Paragraphs separated by one blank line; empty when there is none.</param>
/// <param name="Origin"><c>html</c>, <c>json-ld</c>, <c>microdata</c> or <c>none</c>.</param>
/// <param name="Kind">What kind of page it looks like from its text.</param>
/// <param name="Explanation">The candidates with their scores and why one won, a line each.</param>
internal sealed record PageBody(string Text, string Origin, PageKind Kind, IReadOnlyList<string> Explanation);
