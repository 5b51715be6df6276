using System.Text;
using Ingest.Text;
using Ingest.Worker.Articles;

namespace Ingest.Worker.Storage.Values;

/// <summary>
/// The one place that makes values such that PostgreSQL takes them, and means the same by them: every text, list and day on its way into the database, by
/// whatever road, passes here. Addresses and identifiers are never cut: they are indexed by their hashes, or refused in words where they are stated.
/// </summary>
internal static class Storable
{
    /// <summary>
    /// Bytes of one name in an index: a third of what an entry of a B-tree or of an inverted index may have, so that several names fit in one.
    /// </summary>
    public const int MostNameBytes = 900;

    /// <summary>Names in one list.</summary>
    public const int MostNames = 1_000;

    /// <summary>PostgreSQL stores no NUL, and UTF-8 no lone surrogate.</summary>
    public static string? Text(string? text)
    {
        if (text is null) return null;
        if (text.Contains('\0', StringComparison.Ordinal)) text = text.Replace("\0", "", StringComparison.Ordinal);
        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    /// <summary>A name that an index can hold: a longer one is cut, and says so.</summary>
    public static string Name(string name)
    {
        var text = Text(name)!;
        if (text.Length * 3 <= MostNameBytes || Encoding.UTF8.GetByteCount(text) <= MostNameBytes) return text;
        var (end, bytes) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostNameBytes - 3) break;
            end += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, end), "…");
    }

    /// <summary>Names that an index can hold; more than <see cref="MostNames"/> no article has.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyList<string> names) =>
        names.Count <= MostNames && names.All(static name => ReferenceEquals(Name(name), name)) ? names : [.. names.Take(MostNames).Select(Name)];

    /// <summary>
    /// A day as the driver writes it: by itself it takes the first and the last of the calendar for no day at all, before and after all others.
    /// </summary>
    public static DateTime Day(DateOnly day) => day.ToDateTime(TimeOnly.FromTimeSpan(TimeSpan.FromHours(12)));

    /// <summary>A moment as PostgreSQL keeps it: in UTC, in microseconds; and as with days, the driver takes the first of the calendar for none.</summary>
    public static DateTimeOffset? Moment(DateTimeOffset? time)
    {
        if (time?.UtcTicks is not { } ticks) return null;
        return new DateTimeOffset(Math.Max(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    /// <summary>
    /// An article as it is stored: the view dated_articles writes its columns as they are, so they are as the format wants them, whoever made the record; and
    /// what is compared with what is stored must be as that is.
    /// </summary>
    public static DatedArticle Article(DatedArticle article) => article with
    {
        PublishedAt = Moment(article.PublishedAt),
        ModifiedAt = Moment(article.ModifiedAt),
        Title = Text(PlainText.Line(article.Title))!,
        Headline = Text(PlainText.Line(article.Headline))!,
        Description = Text(PlainText.Line(article.Description))!,
        Body = Text(PlainText.Body(article.Body))!,
        Authors = Names(article.Authors),
        Categories = Names(article.Categories),
        Language = article.Language is { } language ? Name(language) : null,
        ImageUrl = Text(article.ImageUrl),
        Enclosures = article.Enclosures.Count == 0
            ? []
            : [.. article.Enclosures.Take(MostNames).Select(static one => one with { Url = Text(one.Url)!, Type = Text(one.Type) })],
    };
}
