using Ingest.Identity;
using Ingest.Identity.Duplicates;
using Ingest.Worker.Storage.Values;
using Npgsql;
using NpgsqlTypes;

namespace Ingest.Worker.Storage.Duplicates;

/// <summary>An article that tells another one's story.</summary>
/// <param name="Article">The later article.</param>
/// <param name="Other">The one it was matched with.</param>
/// <param name="Similarity">Share of the shorter text's groups that stand in both.</param>
internal sealed record StoryLink(ArticleKey Article, ArticleKey Other, double Similarity);

/// <summary>What the index is to keep of an article.</summary>
/// <param name="Article">The article.</param>
/// <param name="Day">Its day in the index.</param>
/// <param name="Sample">The sampled groups.</param>
internal sealed record IndexedSample(ArticleKey Article, DateOnly Day, ShingleSample Sample);

/// <summary>The statements that write stories and the index by which they are found.</summary>
internal static class StorySql
{
    /// <summary>
    /// Adds samples to the index, and takes out those of the text that an article had before; the articles are written already. Each row is one look into an
    /// index, however large the tables are thought to be.
    /// </summary>
    public static NpgsqlBatchCommand Index(IReadOnlyList<IndexedSample> samples)
    {
        var (ends, all) = (new int[samples.Count], new List<int>());
        for (var i = 0; i < samples.Count; i++)
        {
            all.AddRange(samples[i].Sample.ToKeep);
            ends[i] = all.Count;
        }

        return new NpgsqlBatchCommand("""
            with given as materialized (
              select a.id, x.day, x.groups, x.smallest, ($7::integer[])[x.first:x.last] as shingles
              from unnest($1, $2, $3, $4, $5, $6) as x(article_key, day, groups, smallest, first, last)
              cross join lateral (select id from ingest.articles where article_key = x.article_key limit 1) a),
            outdated as (
              delete from ingest.article_shingles where ctid = any(array(
                select s.ctid from given g
                cross join lateral (select day, shingles from ingest.article_sketches where article_id = g.id limit 1) k
                cross join lateral unnest(k.shingles) as q(shingle)
                cross join lateral (select ctid from ingest.article_shingles where shingle = q.shingle and day = k.day and article_id = g.id limit 1) s
                where k.day <> g.day or q.shingle <> all(g.shingles)))),
            sketched as (
              insert into ingest.article_sketches (article_id, day, groups, smallest, shingles) select id, day, groups, smallest, shingles from given
              on conflict (article_id) do update set day = excluded.day, groups = excluded.groups, smallest = excluded.smallest, shingles = excluded.shingles)
            insert into ingest.article_shingles (shingle, day, article_id)
            select q.shingle, g.day, g.id from given g cross join unnest(g.shingles) as q(shingle) order by q.shingle
            on conflict do nothing
            """)
            .Add(samples, NpgsqlDbType.Uuid, static sample => sample.Article.Value)
            .AddDays(samples, static sample => sample.Day)
            .Add(samples, NpgsqlDbType.Integer, static sample => sample.Sample.Sketch.Groups)
            .Add(samples, NpgsqlDbType.Bytea, static sample => sample.Sample.Sketch.Smallest)
            .Add([.. ends.Select((end, at) => end - samples[at].Sample.ToKeep.Length + 1)], NpgsqlDbType.Integer, static first => first)
            .Add(ends, NpgsqlDbType.Integer, static last => last)
            .Add(all, NpgsqlDbType.Integer, static shingle => shingle);
    }

    /// <summary>
    /// Joins articles to the stories of those they were matched with; the story is made where there was none. An article in a story stays in it.
    /// </summary>
    public static IEnumerable<NpgsqlBatchCommand> Join(IReadOnlyList<StoryLink> links, DateTimeOffset now)
    {
        // Who is about to be removed is waited for, and then seen to be gone; and so is a story that gets another number.
        yield return new NpgsqlBatchCommand("select from ingest.articles where article_key = any($1) order by id for key share")
            .Add(links, NpgsqlDbType.Uuid, static link => link.Other.Value);
        yield return new NpgsqlBatchCommand("""
            select from ingest.stories where id = any(array(
              select coalesce(story_id, id) from ingest.articles where article_key = any($1))) order by id for update
            """)
            .Add(links, NpgsqlDbType.Uuid, static link => link.Other.Value);
        yield return new NpgsqlBatchCommand("""
            with link as (
              select a.id, coalesce(o.story_id, o.id) as story_id, x.similarity
              from unnest($1, $2, $3) as x(article_key, other_key, similarity)
              join ingest.articles a on a.article_key = x.article_key
              join ingest.articles o on o.article_key = x.other_key
              where a.story_id is null and a.id <> coalesce(o.story_id, o.id)),
            story as (
              insert into ingest.stories as s (id, articles, first_seen_at, last_seen_at)
              select l.story_id, 1 + count(*), coalesce(min(a.first_seen_at), $4), $4
                from link l left join ingest.articles a on a.id = l.story_id group by l.story_id order by l.story_id
              on conflict (id) do update set articles = s.articles + excluded.articles - 1, last_seen_at = excluded.last_seen_at),
            member as (
              select id, story_id, similarity from link
              union all
              select distinct story_id, story_id, null::real from link)
            update ingest.articles a set story_id = m.story_id, story_similarity = m.similarity from member m where a.id = m.id and a.story_id is null
            """)
            .Add(links, NpgsqlDbType.Uuid, static link => link.Article.Value)
            .Add(links, NpgsqlDbType.Uuid, static link => link.Other.Value)
            .Add(links, NpgsqlDbType.Real, static link => (float)link.Similarity)
            .Add(now.ToUniversalTime(), NpgsqlDbType.TimestampTz);
    }
}
