using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Text;
using Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>The rows of a Parquet file, a row group at a time. Columns that it does not have are nulls, others than ours are not read.</summary>
internal sealed class ParquetRows
{
    private readonly ParquetColumn<ReadOnlyMemory<byte>> url, dateSource, title, titleSource, headline, description, body, bodySource, language, imageUrl,
        retraction, goneReason;
    private readonly ParquetColumn<DateOnly> date;
    private readonly ParquetColumn<DateTime> publishedAt, modifiedAt, retractedAt, goneAt;
    private readonly ParquetColumn<ReadOnlyMemory<char>> authors, categories, enclosureUrl, enclosureType;
    private readonly ParquetColumn<long> enclosureLength;
    private readonly ParquetColumn<bool> liveBlog;
    private readonly IReadOnlyList<ParquetColumn> columns;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InvalidDataException">A column is of another type.</exception>
    public ParquetRows(ParquetSchema schema)
    {
        columns =
        [
            url = new(schema, "url"),
            date = new(schema, "date"),
            publishedAt = new(schema, "published_at"),
            modifiedAt = new(schema, "modified_at"),
            dateSource = new(schema, "date_source"),
            title = new(schema, "title"),
            titleSource = new(schema, "title_source"),
            headline = new(schema, "headline"),
            description = new(schema, "description"),
            body = new(schema, "body"),
            bodySource = new(schema, "body_source"),
            authors = new(schema, "authors", lists: true),
            language = new(schema, "language"),
            imageUrl = new(schema, "image_url"),
            categories = new(schema, "categories", lists: true),
            enclosureUrl = new(schema, "enclosures", lists: true, "url"),
            enclosureType = new(schema, "enclosures", lists: true, "type"),
            enclosureLength = new(schema, "enclosures", lists: true, "length"),
            liveBlog = new(schema, "live_blog"),
            retractedAt = new(schema, "retracted_at"),
            retraction = new(schema, "retraction"),
            goneAt = new(schema, "gone_at"),
            goneReason = new(schema, "gone_reason"),
        ];
    }

    /// <summary>Makes a row group's rows the next ones.</summary>
    public async Task LoadAsync(ParquetRowGroupReader group, CancellationToken ct)
    {
        foreach (var column in columns) await column.LoadAsync(group, ct);
    }

    /// <summary>The next row.</summary>
    public ArchivedArticle Take() => new()
    {
        Url = Text(url.Take()),
        Date = date.Take()?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PublishedAt = Utc(publishedAt.Take()),
        ModifiedAt = Utc(modifiedAt.Take()),
        DateSource = Text(dateSource.Take()),
        Title = Text(title.Take()),
        TitleSource = Text(titleSource.Take()),
        Headline = Text(headline.Take()),
        Description = Text(description.Take()),
        Body = Text(body.Take()),
        BodySource = Text(bodySource.Take()),
        Authors = Texts(authors),
        Language = Text(language.Take()),
        ImageUrl = Text(imageUrl.Take()),
        Categories = Texts(categories),
        Enclosures = TakeEnclosures(),
        LiveBlog = liveBlog.Take() ?? false,
        RetractedAt = Utc(retractedAt.Take()),
        Retraction = Text(retraction.Take()),
        GoneAt = Utc(goneAt.Take()),
        GoneReason = Text(goneReason.Take()),
    };

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } text ? Encoding.UTF8.GetString(text.Span) : null;

    private static List<string> Texts(ParquetColumn<ReadOnlyMemory<char>> list) =>
        [.. list.TakeList().Where(static item => item is not null).Select(static item => item.ToString()!)];

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;

    // Without an address there is nothing to enclose.
    private List<Enclosure> TakeEnclosures() =>
    [
        .. enclosureUrl.TakeList().ToList().Zip(enclosureType.TakeList().ToList(), enclosureLength.TakeList().ToList())
            .Where(static parts => parts.First is not null).Select(
                static parts => new Enclosure(parts.First.ToString()!, parts.Second?.ToString(), parts.Third)),
    ];
}
