using Ingest.Text;

namespace Ingest.Pages.Body.Blocks.Lines;

/// <summary>What a page says of itself that stands in its text again.</summary>
/// <param name="Titles">What it calls its title, as <see cref="ComparableText.Letters"/>.</param>
/// <param name="Authors">Who it says wrote it.</param>
/// <param name="Url">Its address; null when it states none.</param>
/// <param name="IsSite">Whether a text is the name of its site.</param>
internal sealed record Stated(IReadOnlyList<string> Titles, IReadOnlyList<string> Authors, string? Url, Predicate<string> IsSite);
