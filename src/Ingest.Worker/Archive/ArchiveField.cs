using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Tasks;
using Ingest.Worker.Archive.Parquet;
using Parquet.Schema;

namespace Ingest.Worker.Archive;

/// <summary>A field of archives: what it is called, and how it stands in JSON lines, in Parquet and in a table of texts.</summary>
internal abstract class ArchiveField(string name)
{
    public string Name { get; } = name;

    /// <summary>What stands in a line of JSON, in words.</summary>
    public abstract string Kind { get; }

    /// <summary>What it means, in words.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>Whether few different values stand in it.</summary>
    public bool IsRepetitive { get; init; }

    /// <summary>The field of the Parquet schema; every one can be null.</summary>
    public abstract Field Parquet { get; }

    /// <summary>Its place in a line.</summary>
    public abstract JsonPropertyInfo Json(JsonSerializerOptions options);

    /// <summary>Its cell of a table of texts; null for none.</summary>
    public abstract string? Cell(ArchivedArticle article);

    /// <summary>Makes what was read such as the format wants it, whoever wrote it.</summary>
    public virtual void Tidy(ArchivedArticle article)
    {
    }

    /// <summary>Writes its part of a row group.</summary>
    public abstract Task WriteAsync(ParquetGroupWriter writer, CancellationToken ct);

    /// <summary>Finds it in a file.</summary>
    /// <exception cref="System.IO.InvalidDataException">It is of another type there.</exception>
    public abstract ParquetCells Open(ParquetSchema schema);
}

/// <summary>The columns of a file that have a field, and what takes the next row's value from them.</summary>
internal sealed record ParquetCells(IReadOnlyList<ParquetColumn> Columns, Action<ArchivedArticle> Take);

/// <summary>A field with its place in an article.</summary>
/// <typeparam name="T">What a line of JSON has of it.</typeparam>
internal abstract class ArchiveField<T>(string name, Func<ArchivedArticle, T?> get, Action<ArchivedArticle, T?> set) : ArchiveField(name)
{
    protected Func<ArchivedArticle, T?> Get { get; } = get;

    protected Action<ArchivedArticle, T?> Set { get; } = set;

    // As the generator of the serialiser makes it for the property of a class: typed, so that no value is boxed.
    public override JsonPropertyInfo Json(JsonSerializerOptions options) => JsonMetadataServices.CreatePropertyInfo(
        options,
        new JsonPropertyInfoValues<T>
        {
            DeclaringType = typeof(ArchivedArticle),
            IsProperty = true,
            IsPublic = true,
            PropertyName = Name,
            JsonPropertyName = Name,
            PropertyTypeInfo = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)),
            Getter = article => Get((ArchivedArticle)article),
            Setter = (article, value) => Set((ArchivedArticle)article, value),
        });
}
