using System.Text.Json;
using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Archive.Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>A list of texts.</summary>
internal sealed class TextsField(string name, Func<ArchivedArticle, string[]?> get, Action<ArchivedArticle, string[]?> set)
    : ArchiveField<string[]>(name, get, set)
{
    public override string Kind => "list of texts";

    public override Field Parquet => new ListField(Name, ParquetFields.Text("element"));

    public override string Cell(ArchivedArticle article) => JsonSerializer.Serialize(Get(article) ?? [], ArchiveFields.Cells.StringArray);

    public override void Tidy(ArchivedArticle article) =>
        Set(article, [.. (Get(article) ?? []).Select(PlainText.Line).Where(static line => line.Length > 0)]);

    public override Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct) =>
        writer.ListAsync($"{Name}/list/element", article => (Get(article) ?? []).Select(ParquetFields.Chars), ct);

    public override ParquetCells Open(ParquetSchema schema)
    {
        var column = new ParquetColumn<ReadOnlyMemory<char>>(schema, Name, lists: true);
        return new ParquetCells(
            [column], article => Set(article, [.. column.TakeList().Where(static item => item is not null).Select(static item => item.ToString()!)]));
    }
}

/// <summary>A list of attached files.</summary>
internal sealed class EnclosuresField(
    string name, Func<ArchivedArticle, IReadOnlyList<Enclosure>?> get, Action<ArchivedArticle, IReadOnlyList<Enclosure>?> set)
    : ArchiveField<IReadOnlyList<Enclosure>>(name, get, set)
{
    public override string Kind => "list of `{\"url\",\"type\",\"length\"}`";

    public override Field Parquet =>
        new ListField(Name, new StructField("element", ParquetFields.Text("url"), ParquetFields.Text("type"), new DataField<long?>("length")));

    public override string Cell(ArchivedArticle article) => JsonSerializer.Serialize(Of(article), ArchiveFields.Cells.IReadOnlyListEnclosure);

    public override void Tidy(ArchivedArticle article) => Set(article, [.. Of(article).Where(static enclosure => enclosure is { Url: not null })]);

    public override async Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct)
    {
        await writer.ListAsync($"{Name}/list/element/url", article => Of(article).Select(static enclosure => ParquetFields.Chars(enclosure.Url)), ct);
        await writer.ListAsync($"{Name}/list/element/type", article => Of(article).Select(static enclosure => ParquetFields.Chars(enclosure.Type)), ct);
        await writer.ListAsync($"{Name}/list/element/length", article => Of(article).Select(static enclosure => enclosure.Length), ct);
    }

    public override ParquetCells Open(ParquetSchema schema)
    {
        var url = new ParquetColumn<ReadOnlyMemory<char>>(schema, Name, lists: true, "url");
        var type = new ParquetColumn<ReadOnlyMemory<char>>(schema, Name, lists: true, "type");
        var length = new ParquetColumn<long>(schema, Name, lists: true, "length");

        // Without an address there is nothing to enclose.
        return new ParquetCells(
            [url, type, length],
            article => Set(
                article,
                [
                    .. url.TakeList().ToList().Zip(type.TakeList().ToList(), length.TakeList().ToList())
                        .Where(static parts => parts.First is not null)
                        .Select(static parts => new Enclosure(parts.First.ToString()!, parts.Second?.ToString(), parts.Third)),
                ]));
    }

    private IReadOnlyList<Enclosure> Of(ArchivedArticle article) => Get(article) ?? [];
}
