using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Archive.Parquet;
using Ingest.Worker.Storage.Tables;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>A text.</summary>
internal sealed class TextField(string name, Func<ArchivedArticle, string?> get, Action<ArchivedArticle, string?> set) : ArchiveField<string>(name, get, set)
{
    public override string Kind => "text";

    public TextShape Shape { get; init; }

    /// <summary>Whether an article may have none; else it is empty.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether readers of archives take it; else it is for those who look at the archive.</summary>
    public bool IsRead { get; init; } = true;

    public override Field Parquet => ParquetFields.Text(Name);

    public override string? Cell(ArchivedArticle article) => Get(article);

    public override void Tidy(ArchivedArticle article)
    {
        var text = Get(article);
        if (IsNullable && text is not { Length: > 0 }) Set(article, null);
        else if (Shape == TextShape.Line) Set(article, PlainText.Line(text));
        else if (Shape == TextShape.Body) Set(article, PlainText.Body(text));
        else if (Shape == TextShape.Origin) Set(article, OriginOf(text));
    }

    public override Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct) =>
        IsRepetitive ? writer.WordsAsync(Name, Get) : writer.TextAsync(Name, Get, ct);

    public override ParquetCells Open(ParquetSchema schema)
    {
        if (!IsRead) return new ParquetCells([], static _ => { });
        var column = new ParquetColumn<ReadOnlyMemory<byte>>(schema, Name);
        return new ParquetCells([column], article => Set(article, column.Take() is { } text ? Encoding.UTF8.GetString(text.Span) : null));
    }

    // A stranger's origin is kept where it is a word.
    private static string OriginOf(string? stated) =>
        stated is { Length: > 0 and <= 32 } && stated.All(static c => char.IsAsciiLetterLower(c) || c is '-' or '_') ? stated : Origins.Archive;
}

/// <summary>A day; in JSON a text, so that one that is none can be told.</summary>
internal sealed class DayField(string name, Func<ArchivedArticle, DateOnly?> get, Action<ArchivedArticle, DateOnly?> set)
    : ArchiveField<string>(name, static article => article.Date, static (article, text) => article.Date = text)
{
    public override string Kind => "`YYYY-MM-DD`";

    public override Field Parquet => new DataField<DateOnly?>(Name);

    public override string? Cell(ArchivedArticle article) => Get(article);

    public override Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct) => writer.ValuesAsync(Name, get, ct);

    public override ParquetCells Open(ParquetSchema schema)
    {
        var column = new ParquetColumn<DateOnly>(schema, Name);
        return new ParquetCells([column], article => set(article, column.Take()));
    }
}

/// <summary>A moment.</summary>
internal sealed class MomentField(string name, Func<ArchivedArticle, DateTimeOffset?> get, Action<ArchivedArticle, DateTimeOffset?> set)
    : ArchiveField<DateTimeOffset?>(name, get, set)
{
    public override string Kind => "moment, ISO 8601";

    public override Field Parquet => ParquetFields.Moment(Name);

    // Of fractions only those that there are.
    public override string? Cell(ArchivedArticle article) =>
        Get(article)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    public override Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct) => writer.ValuesAsync(Name, article => Get(article)?.UtcDateTime, ct);

    public override ParquetCells Open(ParquetSchema schema)
    {
        var column = new ParquetColumn<DateTime>(schema, Name);
        return new ParquetCells(
            [column], article => Set(article, column.Take() is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : null));
    }
}

/// <summary>A yes or no.</summary>
internal sealed class FlagField(string name, Func<ArchivedArticle, bool> get, Action<ArchivedArticle, bool> set) : ArchiveField<bool>(name, get, set)
{
    public override string Kind => "true or false";

    public override Field Parquet => new DataField<bool?>(Name);

    public override string Cell(ArchivedArticle article) => Get(article) ? "true" : "false";

    public override Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct) => writer.ValuesAsync<bool>(Name, article => Get(article), ct);

    public override ParquetCells Open(ParquetSchema schema)
    {
        var column = new ParquetColumn<bool>(schema, Name);
        return new ParquetCells([column], article => Set(article, column.Take() ?? false));
    }
}
