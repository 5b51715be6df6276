using System.Threading.Tasks;
using Ingest.Worker.Storage.Postgres;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>
/// Goes round all stories, some thousands a run, and mends those that do not tell the truth: those from which articles were removed by an earlier version, or
/// by somebody past the triggers.
/// </summary>
internal sealed class StoryUpkeep(Database database)
{
    /// <summary>Stories that are looked at in one run: some tenths of a second.</summary>
    public int StoriesAtATime { get; init; } = 20_000;

    private long last;

    /// <summary>Looks at the next ones.</summary>
    /// <returns>How many were mended.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var next = await database.LoadAsync(
            () => new NpgsqlBatchCommand("select id from ingest.stories where id > $1 order by id limit $2")
                .Add(last, NpgsqlDbType.Bigint)
                .Add(StoriesAtATime, NpgsqlDbType.Integer),
            static reader => reader.GetInt64(0),
            ct);
        last = next.Count < StoriesAtATime ? 0 : next[^1];
        var ill = await database.LoadAsync(
            () => new NpgsqlBatchCommand("""
                select s.id from unnest($1) as x(id) join ingest.stories s using (id)
                cross join lateral (select count(*) as articles, bool_or(a.id = s.id) as led from ingest.articles a where a.story_id = s.id) m
                where m.led is not true or m.articles <> s.articles or m.articles < 2
                """).Add(next, NpgsqlDbType.Bigint, static id => id),
            static reader => reader.GetInt64(0),
            ct);
        if (ill.Count == 0) return 0;
        return await database.SaveAsync(
            async (connection, ct) =>
            {
                var mended = await connection.LoadAsync(
                    new NpgsqlBatchCommand("select ingest.mend_stories($1)").Add(ill, NpgsqlDbType.Bigint, static id => id),
                    static reader => reader.GetInt32(0),
                    ct);
                return mended[0];
            },
            ct);
    }
}
