using System.Threading.Tasks;
using Ingest.Identity;
using Ingest.Identity.Duplicates;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>An article that shares sampled groups with a text.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Sketch">Its sketch; null of articles that were stored before sketches were.</param>
internal sealed record DuplicateHit(long Id, TextSketch? Sketch);

/// <summary>Reads the index of samples, and the texts that it points at. Every read is bounded, whatever the number of stored articles.</summary>
internal static class DuplicateReader
{
    /// <summary>Sampled groups that a candidate must share.</summary>
    public const int FewestShared = 2;

    /// <summary>Candidates that are compared text by text.</summary>
    public const int MostCandidates = 6;

    /// <summary>Articles that are looked at for one group, the latest: what more articles share is a template.</summary>
    public const int MostOfGroup = 24;

    // More of a body is not compared.
    private const int MostCharacters = 200_000;

    /// <summary>The articles that share most sampled groups with each text, in the order of the texts.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<DuplicateHit>>> HitsAsync(
        NpgsqlConnection connection, IReadOnlyList<SearchedText> texts, int windowDays, CancellationToken ct)
    {
        var asked = texts
            .SelectMany(static (text, at) => text.Sample.ToAsk.Select(group => (At: at, Group: group, text.Day)))
            .OrderBy(static row => row.Group).ToList();
        await using var command = new NpgsqlCommand(
            $"""
            select at, article_id, groups, smallest from (
              select q.at, s.article_id, row_number() over (partition by q.at order by count(*) desc, s.article_id) as place
              from unnest($1, $2, $3) as q(at, shingle, day)
              cross join lateral (
                select s.article_id from ingest.article_shingles s where s.shingle = q.shingle and s.day between q.day - $4 and q.day + $4
                order by s.day desc, s.article_id desc limit {MostOfGroup}) s
              group by q.at, s.article_id having count(*) >= {FewestShared}) found
            left join ingest.article_sketches using (article_id)
            where place <= {MostCandidates}
            """,
            connection)
        {
            Parameters =
            {
                Array(asked.Select(static row => row.At), NpgsqlDbType.Integer),
                Array(asked.Select(static row => row.Group), NpgsqlDbType.Integer),
                Array(asked.Select(static row => row.Day), NpgsqlDbType.Date),
                new() { Value = windowDays },
            },
        };
        var hits = texts.Select(static _ => new List<DuplicateHit>()).ToList();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var sketch = reader.IsDBNull(2) ? null : new TextSketch(reader.GetInt32(2), reader.GetFieldValue<byte[]>(3));
            hits[reader.GetInt32(0)].Add(new DuplicateHit(reader.GetInt64(1), sketch));
        }

        return hits;
    }

    /// <summary>The articles of these numbers.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="ids">Their numbers.</param>
    /// <param name="loners">Numbers of more, of which only those count that are in no story.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Dictionary<long, DuplicateCandidate>> CandidatesAsync(
        NpgsqlConnection connection, IReadOnlyCollection<long> ids, IReadOnlyCollection<long> loners, CancellationToken ct)
    {
        var found = new Dictionary<long, DuplicateCandidate>();
        if (ids.Count + loners.Count == 0) return found;

        // The limit keeps the index in use where the plan was made before the table was known to be large.
        await using var command = new NpgsqlCommand(
            $"""
            select a.id, a.article_key, left(a.body, {MostCharacters}), a.source_id, a.story_id is null
            from unnest($1, $2) as k(id, alone) cross join lateral (
              select id, article_key, body, source_id, story_id from ingest.articles where id = k.id and (not k.alone or story_id is null) limit 1) a
            """,
            connection)
        {
            Parameters =
            {
                Array(ids.Concat(loners), NpgsqlDbType.Bigint),
                Array(ids.Select(static _ => false).Concat(loners.Select(static _ => true)), NpgsqlDbType.Boolean),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var source = reader.IsDBNull(3) ? null : (int?)reader.GetInt32(3);
            found[reader.GetInt64(0)] = new DuplicateCandidate(
                new ArticleKey(reader.GetGuid(1)), reader.GetInt64(0), source, ShingledText.Of(reader.GetString(2))) { IsAlone = reader.GetBoolean(4) };
        }

        return found;
    }

    /// <summary>The articles that a source showed last.</summary>
    public static async Task<IReadOnlyList<(ArticleKey Key, ShingledText Text)>> LatestAsync(
        NpgsqlConnection connection, int sourceId, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select article_key, left(body, {MostCharacters}) from ingest.articles where source_id = $1 order by id desc limit $2", connection)
        {
            Parameters = { new() { Value = sourceId }, new() { Value = limit } },
        };
        await using var reader = await command.ExecuteReaderAsync(ct);
        var latest = new List<(ArticleKey Key, ShingledText Text)>();
        while (await reader.ReadAsync(ct)) latest.Add((new ArticleKey(reader.GetGuid(0)), ShingledText.Of(reader.GetString(1))));
        return latest;
    }

    /// <summary>Removes from the index what is past the window, in bounded steps.</summary>
    /// <returns>How many rows went.</returns>
    public static async Task<int> TrimAsync(NpgsqlConnection connection, DateOnly before, int limit, CancellationToken ct) =>
        await TrimAsync(connection, "article_shingles", before, limit, ct) + await TrimAsync(connection, "article_sketches", before, limit, ct);

    private static async Task<int> TrimAsync(NpgsqlConnection connection, string table, DateOnly before, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"delete from ingest.{table} where ctid = any(array(select ctid from ingest.{table} where day < $1 limit $2 for update skip locked))", connection)
        {
            Parameters = { new() { Value = before }, new() { Value = limit } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlParameter Array<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type };
}
