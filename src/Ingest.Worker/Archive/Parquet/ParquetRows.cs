using System.IO;
using System.Threading.Tasks;
using Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive.Parquet;

/// <summary>The rows of a Parquet file, a row group at a time. Columns that it does not have are nulls, others than ours are not read.</summary>
internal sealed class ParquetRows
{
    private readonly ParquetCells[] cells;

    /// <summary>Finds the columns.</summary>
    /// <exception cref="InvalidDataException">A column is of another type.</exception>
    public ParquetRows(ParquetSchema schema, ArchiveFields fields) => cells = [.. fields.All.Select(field => field.Open(schema))];

    /// <summary>Makes a row group's rows the next ones.</summary>
    public async Task LoadAsync(ParquetRowGroupReader group, CancellationToken ct)
    {
        foreach (var cell in cells)
            foreach (var column in cell.Columns) await column.LoadAsync(group, ct);
    }

    /// <summary>The next row.</summary>
    public ArchivedArticle Take()
    {
        var article = new ArchivedArticle();
        foreach (var cell in cells) cell.Take(article);
        return article;
    }
}
