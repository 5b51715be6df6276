using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Ingest.Worker.Text;
using Parquet;
using Parquet.Serialization;

namespace Ingest.Worker.Archive;

/// <summary>Articles as Parquet, zstd in every column, a row group at a time.</summary>
internal static class ParquetArchive
{
    private const int GroupRows = 4_000;
    private const long GroupChars = 16 * 1024 * 1024;

    // Others write larger groups than we do; past this no article archive is meant.
    private const long MaxGroupBytes = 1L << 30;
    private const long MaxGroupRows = 1_000_000;

    /// <summary>Writes to a stream that can be read and sought too, and stays open; holds one row group.</summary>
    /// <returns>How many articles.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<ExportedArticle> articles, Stream output, CancellationToken ct)
    {
        var group = new List<ParquetArticle>(GroupRows);
        long count = 0, chars = 0;
        await foreach (var article in articles)
        {
            group.Add(RowOf(article));
            count++;
            chars += article.Article.Body.Length;
            if (group.Count < GroupRows && chars < GroupChars) continue;
            await WriteGroupAsync(group, output, ct);
            group.Clear();
            chars = 0;
        }

        // Without articles too it is a Parquet file, with its columns.
        if (group.Count > 0 || count == 0) await WriteGroupAsync(group, output, ct);
        return count;
    }

    // Each group is appended, and the footer written anew after it: given all rows at once, the library would collect them first.
    private static async Task WriteGroupAsync(List<ParquetArticle> rows, Stream output, CancellationToken ct)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal, RowGroupSize = int.MaxValue, Append = output.Position > 0 };
        await ParquetSerializer.SerializeAsync(rows, output, options, cancellationToken: ct);
    }

    /// <summary>Reads lazily; the place of a fault is the row, from 1.</summary>
    /// <exception cref="InvalidDataException">It is no Parquet file, or a broken one.</exception>
    public static async IAsyncEnumerable<ArchiveReading> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var options = new ParquetOptions { UseDateOnlyTypeForDates = true };
        var groups = await OpenAsync(stream, options, ct);
        long row = 0;
        for (var group = 0; group < groups; group++)
        {
            foreach (var article in await ReadGroupAsync(stream, options, group, ct))
            {
                row++;
                var (read, fault) = ArchivedOf(article).Check();
                if (read is not null) yield return new ArchiveReading.Record(read);
                if (fault is not null) yield return new ArchiveReading.Fault(row, fault);
            }
        }
    }

    private static async Task<int> OpenAsync(Stream stream, ParquetOptions options, CancellationToken ct)
    {
        try
        {
            await using var reader = await ParquetReader.CreateAsync(stream, options, leaveStreamOpen: true, ct);
            foreach (var group in reader.RowGroups)
            {
                if (group.RowCount > MaxGroupRows || group.RowGroup.TotalByteSize > MaxGroupBytes)
                    throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"a row group has {group.RowCount} rows and {group.RowGroup.TotalByteSize} bytes; at most {MaxGroupRows} and {MaxGroupBytes} are read"));
            }

            return reader.RowGroupCount;
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new InvalidDataException($"no Parquet file of articles: {PlainText.Line(error.Message)}", error);
        }
    }

    private static async Task<IList<ParquetArticle>> ReadGroupAsync(Stream stream, ParquetOptions options, int group, CancellationToken ct)
    {
        try
        {
            return (await ParquetSerializer.DeserializeAsync<ParquetArticle>(stream, options, group, ct)).Data;
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"row group {group + 1} cannot be read: {PlainText.Line(error.Message)}"), error);
        }
    }

    // A parser of foreign bytes fails in many ways; only these are not the file's fault.
    private static bool IsOfTheFile(Exception error) => error is not (OperationCanceledException or IOException or OutOfMemoryException or InvalidDataException);

    private static ParquetArticle RowOf(ExportedArticle exported)
    {
        var article = exported.Article;
        return new ParquetArticle
        {
            Url = article.Url.OriginalString,
            Date = exported.Day,
            PublishedAt = article.PublishedAt?.UtcDateTime,
            ModifiedAt = article.ModifiedAt?.UtcDateTime,
            DateSource = exported.DateSource,
            Title = article.Title,
            TitleSource = article.TitleSource,
            Headline = article.Headline,
            Description = article.Description,
            Body = article.Body,
            BodySource = article.BodySource,
            Authors = [.. article.Authors],
            Language = article.Language,
            ImageUrl = article.ImageUrl,
            Categories = [.. article.Categories],
            Enclosures = [.. article.Enclosures.Select(static enclosure => new ParquetEnclosure { Url = enclosure.Url, Type = enclosure.Type, Length = enclosure.Length })],
            LiveBlog = article.LiveBlog,
            Source = exported.Source,
        };
    }

    private static ArchivedArticle ArchivedOf(ParquetArticle row) => new()
    {
        Url = row.Url,
        Date = row.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        PublishedAt = Utc(row.PublishedAt),
        ModifiedAt = Utc(row.ModifiedAt),
        DateSource = row.DateSource,
        Title = row.Title,
        TitleSource = row.TitleSource,
        Headline = row.Headline,
        Description = row.Description,
        Body = row.Body,
        BodySource = row.BodySource,
        Authors = row.Authors,
        Language = row.Language,
        ImageUrl = row.ImageUrl,
        Categories = row.Categories,
        Enclosures = row.Enclosures?.Where(static enclosure => enclosure?.Url is not null).Select(static enclosure => new Enclosure(enclosure.Url!, enclosure.Type, enclosure.Length)).ToList(),
        LiveBlog = row.LiveBlog ?? false,
    };

    private static DateTimeOffset? Utc(DateTime? moment) => moment is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null;
}
