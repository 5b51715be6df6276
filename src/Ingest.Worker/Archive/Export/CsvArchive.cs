using System.IO;
using System.Text;
using System.Threading.Tasks;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive.Export;

/// <summary>
/// Articles as comma-separated values (RFC 4180), with a line of names: what is null is an empty cell, what is empty one with quotes, as PostgreSQL's
/// <c>copy</c> tells them apart.
/// </summary>
internal static class CsvArchive
{
    private const int BlockChars = 64 * 1024;

    private static readonly IReadOnlyList<ArchiveField> Fields = ArchiveFields.Own.All;

    /// <summary>Writes them; the stream stays open.</summary>
    /// <returns>How many articles.</returns>
    public static async Task<long> WriteAsync(IAsyncEnumerable<ExportedArticle> rows, Stream output, CancellationToken ct)
    {
        var count = 0L;
        var block = new StringBuilder(BlockChars).AppendJoin(',', Fields.Select(static field => field.Name)).Append("\r\n");
        await using var writer = new StreamWriter(output, new UTF8Encoding(false), BlockChars, leaveOpen: true);
        await foreach (var row in rows.WithCancellation(ct))
        {
            var article = ArchivedArticle.Of(row);
            for (var at = 0; at < Fields.Count; at++) Append(at > 0 ? block.Append(',') : block, Fields[at].Cell(article));
            block.Append("\r\n");
            count++;
            if (block.Length < BlockChars) continue;
            await writer.WriteAsync(block, ct);
            block.Clear();
        }

        await writer.WriteAsync(block, ct);
        await writer.FlushAsync(ct);
        return count;
    }

    private static void Append(StringBuilder line, string? cell)
    {
        if (cell is null) return;
        var needsQuotes = cell.Length == 0 || cell.AsSpan().ContainsAny(",\"\r\n") || cell[0] == ' ' || cell[^1] == ' ';
        if (needsQuotes) line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else line.Append(cell);
    }
}
