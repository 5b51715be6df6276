using System.Diagnostics;
using System.IO;
using System.Text;
using System.Text.Unicode;
using Ingest.Text;
using Ingest.Text.Dated;
using Ingest.Text.Decoding;
using Ingest.Worker.Archive.Parquet;
using Ingest.Worker.Articles;
using Ingest.Worker.Storage.Articles;

namespace Ingest.Worker.Archive.Import;

/// <summary>Reads an archive, record by record.</summary>
internal static class ArchiveReader
{
    private const string Repaired = "bytes that are not UTF-8 were replaced";

    /// <summary>Reads lazily. A record with replaced bytes is followed by a fault that says so.</summary>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="InvalidDataException">Its compressed data are broken or end early, or its columns are not those of articles.</exception>
    public static IAsyncEnumerable<ArchiveReading> ReadAsync(
        Stream stream, ArchiveFormat format, CancellationToken ct, int maxLineBytes = LineReader.MaxLineBytes)
    {
        return format switch
        {
            ArchiveFormat.Dated => ReadDatedAsync(LineReader.ReadAsync(stream, maxLineBytes, ct)),
            ArchiveFormat.JsonLines => ReadJsonAsync(LineReader.ReadBytesAsync(stream, maxLineBytes, ct)),
            ArchiveFormat.Parquet => ParquetArchive.ReadAsync(stream, ct),
            _ => throw new UnreachableException(),
        };
    }

    private static async IAsyncEnumerable<ArchiveReading> ReadDatedAsync(IAsyncEnumerable<TextLine> lines)
    {
        var reader = new DatedArticleReader();
        await foreach (var line in lines)
        {
            if (reader.Take(line) is not { } reading) continue;
            foreach (var taken in Take(reading)) yield return taken;
        }

        if (reader.End() is not { } last) yield break;
        foreach (var taken in Take(last)) yield return taken;
    }

    private static IEnumerable<ArchiveReading> Take(DatedTextReading reading)
    {
        switch (reading)
        {
            case DatedTextReading.Record record:
                yield return new ArchiveReading.Record(ArticleOf(record.Article), ArticleMarks.None) { Line = record.Line };
                if (record.RepairedLine is { } line) yield return new ArchiveReading.Fault(line, Repaired);
                break;
            case DatedTextReading.Fault fault:
                yield return new ArchiveReading.Fault(fault.Line, fault.Reason);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static DatedArticle ArticleOf(DatedText text) => new()
    {
        Url = new Uri(text.Url),
        PublishedOn = text.Day,
        DateSource = Origins.Archive,
        Title = text.Title,
        TitleSource = Origins.Archive,
        Headline = text.Headline,
        Description = text.Description,
        Body = text.Body,
        BodySource = text.Body.Length > 0 ? Origins.Archive : Origins.None,
        Language = ArchivedArticle.LanguageOf(text.Body, text.Description),
    };

    private static async IAsyncEnumerable<ArchiveReading> ReadJsonAsync(IAsyncEnumerable<ByteLine> lines)
    {
        long number = 0;
        await foreach (var line in lines)
        {
            number++;
            if (line.IsCut)
            {
                yield return new ArchiveReading.Fault(number, "line too long");
                continue;
            }

            var bytes = WithoutMarks(line.Bytes);
            if (!bytes.Span.ContainsAnyExcept(" \t\r\v\f"u8)) continue;
            var isRepaired = !Utf8.IsValid(bytes.Span);
            var (read, fault) = ArchivedArticle.Read(
                isRepaired || HasSurrogates(bytes.Span) ? Encoding.UTF8.GetBytes(LoneSurrogates.Replace(Encoding.UTF8.GetString(bytes.Span))) : bytes.Span);
            if (read is not null) yield return read with { Line = number };
            if (fault is not null) yield return new ArchiveReading.Fault(number, fault);
            else if (isRepaired) yield return new ArchiveReading.Fault(number, Repaired);
        }
    }

    private static bool HasSurrogates(ReadOnlySpan<byte> json) => json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;

    // A file that was concatenated from others can hold the byte order mark at the start of each.
    private static ReadOnlyMemory<byte> WithoutMarks(ReadOnlyMemory<byte> line)
    {
        var mark = "\uFEFF"u8;
        while (line.Span.StartsWith(mark)) line = line[mark.Length..];
        return line;
    }
}
