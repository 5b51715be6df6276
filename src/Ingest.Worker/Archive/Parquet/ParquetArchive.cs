using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Storage.Articles;
using Parquet;

namespace Ingest.Worker.Archive.Parquet;

/// <summary>Articles as Parquet, zstd in every column, a row group at a time.</summary>
internal static class ParquetArchive
{
    // A reader's memory is a group's, and what it touches is what reading costs: four times as many rows make a file 2.5 % smaller, and reading it a third
    // slower in 2.5 times the memory.
    private const int GroupRows = 1_000;
    private const long GroupChars = 16 * 1024 * 1024;

    // Others write larger groups than we do; past this no article archive is meant.
    private const long MaxGroupBytes = 1L << 30;
    private const long MaxGroupRows = 1_000_000;

    /// <summary>Writes to a stream that can be sought, and stays open; holds one row group.</summary>
    /// <returns>How many articles.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<ExportedArticle> articles, ArchiveFields fields, Stream output, CancellationToken ct)
    {
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Optimal };
        foreach (var field in fields.All.Where(static field => field.IsRepetitive)) options.ColumnEncodingHints[field.Name] = EncodingHint.Dictionary;
        await using var writer = await ParquetWriter.CreateAsync(fields.Parquet, output, options, cancellationToken: ct);
        var group = new List<ArchivedArticle>(GroupRows);
        long count = 0, chars = 0;
        await foreach (var article in articles)
        {
            group.Add(ArchivedArticle.Of(article));
            count++;
            chars += article.Row.Body!.Length;
            if (group.Count < GroupRows && chars < GroupChars) continue;
            await WriteGroupAsync(writer, fields, group, ct);
            group.Clear();
            chars = 0;
        }

        // Without articles too it is a Parquet file, with its columns.
        if (group.Count > 0 || count == 0) await WriteGroupAsync(writer, fields, group, ct);
        return count;
    }

    private static async Task WriteGroupAsync(ParquetWriter writer, ArchiveFields fields, List<ArchivedArticle> rows, CancellationToken ct)
    {
        using var group = writer.CreateRowGroup();
        await new ParquetGroupWriter(group, fields, rows).WriteAsync(ct);
    }

    /// <summary>Reads lazily; the place of a fault is the row, from 1.</summary>
    /// <exception cref="InvalidDataException">It is no Parquet file, or a broken one.</exception>
    public static async IAsyncEnumerable<ArchiveReading> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken ct)
    {
        var (reader, rows) = await OpenAsync(stream, ct);
        await using var opened = reader;
        long row = 0;
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            await LoadAsync(rows, reader, index, ct);
            for (var end = row + reader.RowGroups[index].RowCount; row < end;)
            {
                row++;
                var (read, fault) = rows.Take().Check();
                if (read is not null) yield return read with { Line = row };
                if (fault is not null) yield return new ArchiveReading.Fault(row, fault);
            }
        }
    }

    private static async Task<(ParquetReader Reader, ParquetRows Rows)> OpenAsync(Stream stream, CancellationToken ct)
    {
        try
        {
            var reader = await ParquetReader.CreateAsync(stream, new ParquetOptions { UseDateOnlyTypeForDates = true }, leaveStreamOpen: true, ct);
            foreach (var group in reader.RowGroups)
            {
                if (group.RowCount > MaxGroupRows || group.RowGroup.TotalByteSize > MaxGroupBytes)
                    throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"a row group has {group.RowCount} rows and {group.RowGroup.TotalByteSize} bytes; "
                            + $"at most {MaxGroupRows} and {MaxGroupBytes} are read"));
            }

            return (reader, new ParquetRows(reader.Schema, ArchiveFields.Own));
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new InvalidDataException($"no Parquet file of articles: {PlainText.Line(error.Message)}", error);
        }
    }

    private static async Task LoadAsync(ParquetRows rows, ParquetReader reader, int index, CancellationToken ct)
    {
        try
        {
            await rows.LoadAsync(reader.OpenRowGroupReader(index), ct);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw new InvalidDataException(
                string.Create(CultureInfo.InvariantCulture, $"row group {index + 1} cannot be read: {PlainText.Line(error.Message)}"), error);
        }
    }

    // A parser of foreign bytes fails in many ways; only these are not the file's fault.
    private static bool IsOfTheFile(Exception error) =>
        error is not (OperationCanceledException or IOException or OutOfMemoryException or InvalidDataException);
}
