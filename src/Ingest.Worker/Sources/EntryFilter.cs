using System.Text.RegularExpressions;
using Ingest.Feeds;
using Ingest.Text.Html;

namespace Ingest.Worker.Sources;

/// <summary>What of an entry an expression is held against.</summary>
internal enum FilterField
{
    Title,
    Author,
    Category,
    Url,
}

/// <summary>An expression that is looked for in a field of an entry.</summary>
internal sealed record FilterRule(FilterField Field, Regex Expression)
{
    /// <summary>Whether it is found; in the authors and categories, in any of them.</summary>
    public bool Finds(FeedEntry entry, Uri? url) => Field switch
    {
        FilterField.Title => Expression.IsMatch(HtmlText.Line(entry.Title)),
        FilterField.Author => entry.Authors.Any(Expression.IsMatch),
        FilterField.Category => entry.Categories.Any(category => Expression.IsMatch(category.Term)),
        _ => Expression.IsMatch(url?.AbsoluteUri ?? entry.Link ?? ""),
    };
}

/// <summary>Which entries of a source are taken: those in which one of what is kept is found, where anything is, and none of what is blocked.</summary>
/// <param name="Keep">What is kept; empty for everything.</param>
/// <param name="Block">What is blocked.</param>
internal sealed record EntryFilter(IReadOnlyList<FilterRule> Keep, IReadOnlyList<FilterRule> Block)
{
    public static EntryFilter None { get; } = new([], []);

    public bool IsEmpty => Keep.Count + Block.Count == 0;

    /// <summary>Why an entry is not taken, in words; null when it is.</summary>
    public string? ReasonAgainst(FeedEntry entry, Uri? url) =>
        IsEmpty ? null
        : Block.FirstOrDefault(rule => rule.Finds(entry, url)) is { } blocked
            ? $"its {Name(blocked)} has what Block:{blocked.Field} looks for: {blocked.Expression}"
        : Keep.Count == 0 || Keep.Any(rule => rule.Finds(entry, url)) ? null
        : $"it has nothing of what Keep looks for in its {string.Join(", ", Keep.Select(Name).Distinct(StringComparer.Ordinal))}";

    private static string Name(FilterRule rule) => rule.Field == FilterField.Url ? "URL" : rule.Field.ToString().ToLowerInvariant();
}
