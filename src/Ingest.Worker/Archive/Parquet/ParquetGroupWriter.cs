using System.Buffers;
using System.Text;
using System.Threading.Tasks;
using Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive.Parquet;

/// <summary>Writes articles as a row group, column by column in their order.</summary>
internal sealed class ParquetGroupWriter(ParquetRowGroupWriter group, ArchiveFields fields, IReadOnlyList<ArchivedArticle> rows)
{
    // Where a row has no items; items are at their field's level.
    private const int EmptyList = 1;

    /// <summary>Writes all fields.</summary>
    public async Task WriteAsync(CancellationToken ct)
    {
        foreach (var field in fields.All) await field.WriteAsync(this, ct);
        group.CompleteValidate();
    }

    /// <summary>Writes a column of values.</summary>
    public Task ValuesAsync<T>(string path, Func<ArchivedArticle, T?> of, CancellationToken ct)
        where T : struct => group.WriteAsync<T>(FieldOf(path), rows.Select(of).ToArray(), cancellationToken: ct);

    /// <summary>Writes a column of few different texts.</summary>
    public Task WordsAsync(string path, Func<ArchivedArticle, string?> of) => group.WriteAsync(FieldOf(path), rows.Select(of).ToList());

    /// <summary>Writes a column of texts.</summary>
    public async Task TextAsync(string path, Func<ArchivedArticle, string?> of, CancellationToken ct)
    {
        // As bytes: of strings the library writes the least and the greatest into the footer, four times and whole, and a body in bytes needs no second copy to
        // be sorted.
        var texts = rows.Select(of).ToList();
        var bytes = ArrayPool<byte>.Shared.Rent(texts.Sum(static text => text is null ? 0 : Encoding.UTF8.GetByteCount(text)));
        try
        {
            var field = ParquetFields.AsBytes(FieldOf(path));
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

    /// <summary>Writes a column of items of lists.</summary>
    public async Task ListAsync<T>(string path, Func<ArchivedArticle, IEnumerable<T?>> of, CancellationToken ct)
        where T : struct
    {
        // Levels as in Dremel (Melnik et al., 2010): of each item, whether it begins a row, and how much of its path is there.
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

    private DataField FieldOf(string path) => fields.Parquet.FindDataField(new FieldPath(path.Split('/')));
}
