using System.Buffers;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Storage;
using Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>Writes articles as a row group, column by column in their order.</summary>
internal sealed class ParquetGroupWriter(ParquetRowGroupWriter group, IReadOnlyList<ExportedArticle> rows)
{
    // Where a row has no items; items are at their field's level.
    private const int EmptyList = 1;

    public async Task WriteAsync(CancellationToken ct)
    {
        await TextAsync("url", static row => row.Article.Url.OriginalString, ct);
        await ValuesAsync<DateOnly>("date", static row => row.Day, ct);
        await ValuesAsync("published_at", static row => row.Article.PublishedAt?.UtcDateTime, ct);
        await ValuesAsync("modified_at", static row => row.Article.ModifiedAt?.UtcDateTime, ct);
        await WordsAsync("date_source", static row => row.DateSource);
        await TextAsync("title", static row => row.Article.Title, ct);
        await WordsAsync("title_source", static row => row.Article.TitleSource);
        await TextAsync("headline", static row => row.Article.Headline, ct);
        await TextAsync("description", static row => row.Article.Description, ct);
        await TextAsync("body", static row => row.Article.Body, ct);
        await WordsAsync("body_source", static row => row.Article.BodySource);
        await ListAsync("authors/list/element", static row => row.Article.Authors.Select(Chars), ct);
        await WordsAsync("language", static row => row.Article.Language);
        await TextAsync("image_url", static row => row.Article.ImageUrl, ct);
        await ListAsync("categories/list/element", static row => row.Article.Categories.Select(Chars), ct);
        await ListAsync("enclosures/list/element/url", static row => row.Article.Enclosures.Select(static enclosure => Chars(enclosure.Url)), ct);
        await ListAsync("enclosures/list/element/type", static row => row.Article.Enclosures.Select(static enclosure => Chars(enclosure.Type)), ct);
        await ListAsync("enclosures/list/element/length", static row => row.Article.Enclosures.Select(static enclosure => enclosure.Length), ct);
        await ValuesAsync<bool>("live_blog", static row => row.Article.LiveBlog, ct);
        await ValuesAsync("retracted_at", static row => row.Marks.RetractedAt?.UtcDateTime, ct);
        await WordsAsync("retraction", static row => row.Marks.Retraction);
        await ValuesAsync("gone_at", static row => row.Marks.GoneAt?.UtcDateTime, ct);
        await WordsAsync("gone_reason", static row => row.Marks.GoneReason);
        await WordsAsync("source", static row => row.Source);
        group.CompleteValidate();
    }

    private static DataField FieldOf(string path) => ParquetColumns.Schema.FindDataField(new FieldPath(path.Split('/')));

    private static ReadOnlyMemory<char>? Chars(string? text) => text?.AsMemory();

    private Task ValuesAsync<T>(string path, Func<ExportedArticle, T?> of, CancellationToken ct)
        where T : struct => group.WriteAsync<T>(FieldOf(path), rows.Select(of).ToArray(), cancellationToken: ct);

    private Task WordsAsync(string path, Func<ExportedArticle, string?> of) => group.WriteAsync(FieldOf(path), rows.Select(of).ToList());

    // As bytes: of strings the library writes the least and the greatest into the footer, four times and whole, and a body in bytes needs no second copy to be
    // sorted.
    private async Task TextAsync(string path, Func<ExportedArticle, string?> of, CancellationToken ct)
    {
        var texts = rows.Select(of).ToList();
        var bytes = ArrayPool<byte>.Shared.Rent(texts.Sum(static text => text is null ? 0 : Encoding.UTF8.GetByteCount(text)));
        try
        {
            var field = ParquetColumns.AsBytes(FieldOf(path));
            var values = new List<ReadOnlyMemory<byte>>(texts.Count);
            var end = 0;
            foreach (var text in texts)
            {
                if (text is null) continue;
                var length = Encoding.UTF8.GetBytes(text, bytes.AsSpan(end));
                values.Add(bytes.AsMemory(end, length));
                end += length;
            }

            int[] levels = [.. texts.Select(text => text is null ? 0 : field.MaxDefinitionLevel)];
            await group.WriteAllPartsAsync<ReadOnlyMemory<byte>>(field, values.ToArray(), levels, repetitionLevels: null, ct);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Levels as in Dremel (Melnik et al., 2010): of each item, whether it begins a row, and how much of its path is there.
    private async Task ListAsync<T>(string path, Func<ExportedArticle, IEnumerable<T?>> of, CancellationToken ct)
        where T : struct
    {
        var field = FieldOf(path);
        List<T> values = [];
        List<int> definitions = [], repetitions = [];
        foreach (var row in rows)
        {
            var repetition = 0;
            foreach (var item in of(row))
            {
                if (item is { } value) values.Add(value);
                definitions.Add(field.MaxDefinitionLevel - (item is null ? 1 : 0));
                repetitions.Add(repetition);
                repetition = 1;
            }

            if (repetition > 0) continue;
            definitions.Add(EmptyList);
            repetitions.Add(0);
        }

        await group.WriteAllPartsAsync<T>(field, values.ToArray(), definitions.ToArray(), repetitions.ToArray(), ct);
    }
}
