using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;

namespace Ingest.Worker.Archive;

/// <summary>A row of a Parquet archive: the fields of the JSON lines, typed. Parquet.Net reads and sets the properties.</summary>
internal sealed class ParquetArticle
{
    [JsonPropertyName("url")]
    public string? Url { get; set; }

    [JsonPropertyName("date")]
    public DateOnly? Date { get; set; }

    [JsonPropertyName("published_at"), ParquetTimestamp(ParquetTimestampResolution.Microseconds, useLogicalTimestamp: true, isAdjustedToUTC: true)]
    public DateTime? PublishedAt { get; set; }

    [JsonPropertyName("modified_at"), ParquetTimestamp(ParquetTimestampResolution.Microseconds, useLogicalTimestamp: true, isAdjustedToUTC: true)]
    public DateTime? ModifiedAt { get; set; }

    [JsonPropertyName("date_source")]
    public string? DateSource { get; set; }

    [JsonPropertyName("title")]
    public string? Title { get; set; }

    [JsonPropertyName("title_source")]
    public string? TitleSource { get; set; }

    [JsonPropertyName("headline")]
    public string? Headline { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("body")]
    public string? Body { get; set; }

    [JsonPropertyName("body_source")]
    public string? BodySource { get; set; }

    [JsonPropertyName("authors")]
    public List<string>? Authors { get; set; }

    [JsonPropertyName("language")]
    public string? Language { get; set; }

    [JsonPropertyName("image_url")]
    public string? ImageUrl { get; set; }

    [JsonPropertyName("categories")]
    public List<string>? Categories { get; set; }

    [JsonPropertyName("enclosures")]
    public List<ParquetEnclosure>? Enclosures { get; set; }

    [JsonPropertyName("live_blog")]
    public bool? LiveBlog { get; set; }

    [JsonPropertyName("source")]
    public string? Source { get; set; }
}

/// <summary>An attached file in a Parquet archive.</summary>
internal sealed class ParquetEnclosure
{
    [JsonPropertyName("url")]
    public string? Url { get; set; }

    [JsonPropertyName("type")]
    public string? Type { get; set; }

    [JsonPropertyName("length")]
    public long? Length { get; set; }
}
