using System.Text.Json;
using Ingest.Text;
using Ingest.Worker.Articles;
using Npgsql;

namespace Ingest.Worker.Storage;

/// <summary>
/// Reads a stored article back into its record. The statements that have its columns (<c>Sql/statements</c>) have them all in the order in which they are read
/// here.
/// </summary>
internal static class ArticleColumns
{
    /// <summary>Reads the columns from <paramref name="at"/> on. A day first seen is no stated date: it is read as none.</summary>
    public static DatedArticle Read(NpgsqlDataReader reader, int at)
    {
        var dateSource = reader.GetString(at + 4);
        return new DatedArticle
        {
            Url = new Uri(reader.GetString(at)),
            PublishedOn = dateSource == "first_seen" ? null : reader.GetFieldValue<DateOnly>(at + 1),
            PublishedAt = Nullable(reader, at + 2),
            ModifiedAt = Nullable(reader, at + 3),
            DateSource = dateSource == "first_seen" ? "none" : dateSource,
            Title = reader.GetString(at + 5),
            TitleSource = reader.GetString(at + 6),
            Headline = reader.GetString(at + 7),
            Description = reader.GetString(at + 8),
            Body = reader.GetString(at + 9),
            BodySource = reader.GetString(at + 10),
            Authors = reader.GetFieldValue<string[]>(at + 11),
            Language = Text(reader, at + 12),
            ImageUrl = Text(reader, at + 13),
            Categories = reader.GetFieldValue<string[]>(at + 14),
            Enclosures = Enclosures(reader.GetString(at + 15)),
            LiveBlog = reader.GetBoolean(at + 16),
        };
    }

    /// <summary>A row that somebody wrote by hand may have an address that is none: it is skipped, and said so.</summary>
    public static bool IsUnreadable(Exception error) => error is UriFormatException or InvalidCastException;

    // Without them it is still the article.
    private static IReadOnlyList<Enclosure> Enclosures(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ArticleJson.Default.IReadOnlyListEnclosure) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static DateTimeOffset? Nullable(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetFieldValue<DateTimeOffset>(at);

    private static string? Text(NpgsqlDataReader reader, int at) => reader.IsDBNull(at) ? null : reader.GetString(at);
}
