using System.Globalization;
using System.Text;
using Ingest.Worker.Commands.SourceLists.Opml;

namespace Ingest.Worker.Commands.SourceLists;

/// <summary>Makes names of sources out of titles: short, lower-case, unlike all others.</summary>
internal sealed class SourceNames(IEnumerable<string> taken)
{
    private const int MaxLength = 60;

    // Keys of the configuration are compared without case.
    private readonly HashSet<string> taken = new(taken, StringComparer.OrdinalIgnoreCase);

    // The number that follows the last one given, so that a list of equal titles is not counted through for each.
    private readonly Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A name for the feed, which is then taken.</summary>
    public string Take(OpmlFeed feed)
    {
        var slug = Slug(feed.Text ?? "") is { Length: > 0 } name ? name : Slug(feed.Url.Host);
        var free = slug;
        var number = numbers.GetValueOrDefault(slug, 2);
        while (!taken.Add(free)) free = string.Create(CultureInfo.InvariantCulture, $"{slug}-{number++}");
        numbers[slug] = number;
        return free;
    }

    /// <summary>Letters and digits of any script, in lower case and without diacritics, everything else a hyphen.</summary>
    public static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var rune in Decomposed(title).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) slug.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark) continue;
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            if (slug.Length >= MaxLength) break;
        }

        return slug.ToString().Trim('-').Normalize(NormalizationForm.FormC);
    }

    // Only Latin letters lose their marks: in other scripts these are letters of their own.
    private static string Decomposed(string title)
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(title));
        return valid.All(static c => c < '\u0250') ? valid.Normalize(NormalizationForm.FormD) : valid;
    }
}
