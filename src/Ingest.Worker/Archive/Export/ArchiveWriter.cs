using System.Buffers;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Text.Dated;
using Ingest.Worker.Archive.Parquet;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive.Export;

/// <summary>Writes stored articles as an archive, in the order of their day.</summary>
internal sealed class ArchiveWriter(ArticleExport articles)
{
    private const int BlockChars = 64 * 1024;

    /// <summary>Writes every article that the filter lets through; the stream stays open.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public Task<long> WriteAsync(ExportFilter filter, ArchiveFormat format, Stream output, CancellationToken ct) => format switch
    {
        ArchiveFormat.Dated => WriteDatedAsync(articles.ReadTextAsync(filter, ct), output, ct),
        ArchiveFormat.JsonLines => WriteJsonAsync(articles.ReadAsync(filter, ct), output, ct),
        ArchiveFormat.Parquet => ParquetArchive.WriteAsync(articles.ReadAsync(filter, ct), ArchiveFields.Own, output, ct),
        ArchiveFormat.Csv => CsvArchive.WriteAsync(articles.ReadAsync(filter, ct), output, ct),
        _ => throw new UnreachableException(),
    };

    /// <summary>Writes these articles; the stream stays open.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static Task<long> WriteAsync(IAsyncEnumerable<ExportedArticle> rows, ArchiveFormat format, Stream output, CancellationToken ct) => format switch
    {
        ArchiveFormat.Dated => WriteDatedAsync(
            rows.Select(static one => one.Row).Select(
                static row => new DatedText(row.PublishedOn!.Value, row.Url!, row.Title!, row.Headline!, row.Description!, row.Body!)),
            output, ct),
        ArchiveFormat.JsonLines => WriteJsonAsync(rows, output, ct),
        ArchiveFormat.Parquet => ParquetArchive.WriteAsync(rows, ArchiveFields.Own, output, ct),
        ArchiveFormat.Csv => CsvArchive.WriteAsync(rows, output, ct),
        _ => throw new UnreachableException(),
    };

    private static async Task<long> WriteDatedAsync(IAsyncEnumerable<DatedText> rows, Stream output, CancellationToken ct)
    {
        var count = 0L;
        var block = new StringBuilder(BlockChars);
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), BlockChars, leaveOpen: true);
        await foreach (var article in rows.WithCancellation(ct))
        {
            DatedArticleText.Write(article, block);
            count++;
            if (block.Length < BlockChars) continue;
            await writer.WriteAsync(block, ct);
            block.Clear();
        }

        await writer.WriteAsync(block, ct);
        await writer.FlushAsync(ct);
        return count;
    }

    private static async Task<long> WriteJsonAsync(IAsyncEnumerable<ExportedArticle> rows, Stream output, CancellationToken ct)
    {
        var count = 0L;
        var block = new ArrayBufferWriter<byte>(2 * BlockChars);
        await foreach (var article in rows.WithCancellation(ct))
        {
            ArchivedArticle.Write(article, block);
            block.Write("\n"u8);
            count++;
            if (block.WrittenCount < BlockChars) continue;
            await output.WriteAsync(block.WrittenMemory, ct);
            block.ResetWrittenCount();
        }

        await output.WriteAsync(block.WrittenMemory, ct);
        return count;
    }
}
