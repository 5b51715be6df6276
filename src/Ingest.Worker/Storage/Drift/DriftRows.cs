using System.Globalization;
using System.Threading.Tasks;
using Ingest.Text;
using Ingest.Worker.Sources.Health;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Sql;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Drift;

/// <summary>The rows of <c>source_drift</c>.</summary>
internal static class DriftRows
{
    private static readonly string SaveText = SqlFile.Read("statements/save_drift.sql");

    private static readonly int Kinds = Enum.GetValues<DriftKind>().Length;

    /// <summary>What is known of some sources; of one without a row, nothing.</summary>
    public static async Task<Dictionary<int, SourceDrift>> LoadAsync(NpgsqlConnection connection, int[] sources, CancellationToken ct)
    {
        var rows = await connection.LoadAsync(
            new NpgsqlBatchCommand(
                "select source_id, kinds, usual_words, last_articles, beginnings, seen, shares, evidence from ingest.source_drift where source_id = any($1)")
                .Add(sources, NpgsqlDbType.Integer, static id => id),
            static reader => (Id: reader.GetInt32(0), Drift: Read(reader)),
            ct);
        return rows.ToDictionary(static row => row.Id, static row => row.Drift);
    }

    /// <summary>Writes them.</summary>
    public static NpgsqlBatchCommand Save(IReadOnlyList<(int Source, SourceDrift Drift)> rows, DateTimeOffset now) => new NpgsqlBatchCommand(SaveText)
        .Add(rows, NpgsqlDbType.Integer, static row => row.Source)
        .AddList(rows, static row => [.. row.Drift.Kinds.Select(Words<DriftKind>.Of)])
        .Add(rows, NpgsqlDbType.Double, static row => row.Drift.UsualWords)
        .AddText(rows, static row => Joined(row.Drift.Last.Select(static last => last.Article)))
        .AddText(rows, static row => Joined(row.Drift.Last.Select(static last => last.Beginning)))
        .AddText(rows, static row => Joined(row.Drift.Watches.Select(static watch => watch.Seen)))
        .AddText(rows, static row => Joined(row.Drift.Watches.Select(static watch => watch.Share)))
        .AddText(rows, static row => Joined(row.Drift.Watches.Select(static watch => watch.Evidence)))
        .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    // A row of another version, or one that somebody wrote by hand, is begun anew.
    private static SourceDrift Read(NpgsqlDataReader reader)
    {
        var kinds = reader.GetFieldValue<string[]>(1).ToHashSet(StringComparer.Ordinal);
        long[] articles = reader.GetFieldValue<long[]>(3), beginnings = reader.GetFieldValue<long[]>(4);
        var seen = reader.GetFieldValue<int[]>(5);
        float[] shares = reader.GetFieldValue<float[]>(6), evidence = reader.GetFieldValue<float[]>(7);
        if (seen.Length != Kinds || shares.Length != Kinds || evidence.Length != Kinds) return SourceDrift.New;
        return new SourceDrift
        {
            UsualWords = reader.GetDouble(2),
            Last = [.. articles.Zip(beginnings)],
            Watches =
            [
                .. Enum.GetValues<DriftKind>().Select(
                    kind => new DriftWatch(seen[(int)kind], shares[(int)kind], evidence[(int)kind], kinds.Contains(Words<DriftKind>.Of(kind)))),
            ],
        };
    }

    private static string Joined<T>(IEnumerable<T> numbers)
        where T : IFormattable => string.Join(' ', numbers.Select(static number => number.ToString(null, CultureInfo.InvariantCulture)));
}
