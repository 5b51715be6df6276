using System.Text;
using Ingest.Text.Limits;

namespace Ingest.Tests;

/// <summary>Documents within all limits that once cost the square of their length, and the limits to read them under.</summary>
internal static class CostlyDocuments
{
    /// <summary>Bytes of one such document: as much as is fetched of a page.</summary>
    public const int Large = 8_000_000;

    /// <summary>The piece as often as it takes to make a large document.</summary>
    public static string Of(string piece, int bytes = Large) => new StringBuilder(bytes + piece.Length).Insert(0, piece, (bytes / piece.Length) + 1).ToString();

    /// <summary>The limit that the worker has by default: what costs the square of its length is far beyond it.</summary>
    public static ReadingLimit Usual(CancellationToken ct) => ReadingLimit.OfThread(TimeSpan.FromSeconds(5), ct);

    /// <summary>A limit whose time is over by the second time that anybody asks.</summary>
    public static ReadingLimit Spent()
    {
        var spent = TimeSpan.Zero;
        return new ReadingLimit(TimeSpan.FromSeconds(5), () => spent += TimeSpan.FromSeconds(6), CancellationToken.None);
    }

    /// <summary>A limit that ends reading the first time that anybody asks.</summary>
    public static ReadingLimit GivenUp() => new(TimeSpan.MaxValue, static () => TimeSpan.Zero, new CancellationToken(canceled: true));
}
