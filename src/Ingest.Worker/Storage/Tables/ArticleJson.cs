using System.Text.Json.Serialization;
using Ingest.Text;

namespace Ingest.Worker.Storage.Tables;

/// <summary>How the jsonb columns are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<Enclosure>))]
internal sealed partial class ArticleJson : JsonSerializerContext;
