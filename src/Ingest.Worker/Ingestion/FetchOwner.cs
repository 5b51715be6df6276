using System.Globalization;

namespace Ingest.Worker.Ingestion;

/// <summary>Names for whom a fetch is made: the source, for itself as for all pages and files that it leads to.</summary>
internal static class FetchOwner
{
    public static string Of(int sourceId) => string.Create(CultureInfo.InvariantCulture, $"source {sourceId}");
}
