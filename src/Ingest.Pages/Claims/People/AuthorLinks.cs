using System.Buffers;

namespace Ingest.Pages.Claims.People;

/// <summary>Knows links that lead to the page of a person.</summary>
internal static class AuthorLinks
{
    private static readonly SearchValues<string> AuthorPaths = ClassNames.Parts("author-paths");
    private static readonly SearchValues<string> PersonPaths = ClassNames.Parts("person-paths");

    /// <summary>Does the link lead to an author's page?</summary>
    public static bool IsAuthors(string? rel, string? href) =>
        (rel is not null && rel.Contains("author", StringComparison.OrdinalIgnoreCase)) || (href is not null && href.AsSpan().ContainsAny(AuthorPaths));

    /// <summary>Does the link lead to the page of somebody, who is the author if the link stands in a byline?</summary>
    public static bool IsPersons(string? rel, string? href) => IsAuthors(rel, href) || (href is not null && href.AsSpan().ContainsAny(PersonPaths));
}
