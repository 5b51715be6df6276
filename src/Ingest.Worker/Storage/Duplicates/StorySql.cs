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
    /// <summary>Adds samples to the index; the articles are written already.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Index(IReadOnlyList<IndexedSample> samples)
    {
        var rows = samples
            .SelectMany(static sample => sample.Sample.ToKeep.Select(group => (Group: group, sample.Day, sample.Article)))
            .OrderBy(static row => row.Group).ToList();
        yield return new NpgsqlBatchCommand("""
            insert into ingest.article_shingles (shingle, day, article_id)
            select x.shingle, x.day, a.id from unnest($1, $2, $3) as x(shingle, day, article_key) join ingest.articles a using (article_key)
            on conflict do nothing
            """)
            .Add(rows, NpgsqlDbType.Integer, static row => row.Group)
            .AddDays(rows, static row => row.Day)
            .Add(rows, NpgsqlDbType.Uuid, static row => row.Article.Value);

        yield return new NpgsqlBatchCommand("""
            insert into ingest.article_sketches (article_id, day, groups, smallest)
            select a.id, x.day, x.groups, x.smallest
            from unnest($1, $2, $3, $4) as x(article_key, day, groups, smallest) join ingest.articles a using (article_key)
            on conflict (article_id) do update set day = excluded.day, groups = excluded.groups, smallest = excluded.smallest
            """)
            .Add(samples, NpgsqlDbType.Uuid, static sample => sample.Article.Value)
            .AddDays(samples, static sample => sample.Day)
            .Add(samples, NpgsqlDbType.Integer, static sample => sample.Sample.Sketch.Groups)
            .Add(samples, NpgsqlDbType.Bytea, static sample => sample.Sample.Sketch.Smallest);
    }

    /// <summary>
    /// Joins articles to the stories of those they were matched with; the story is made where there was none. An article in a story stays in it.
    /// </summary>
    public static NpgsqlBatchCommand Join(IReadOnlyList<StoryLink> links, DateTimeOffset now) =>
        new NpgsqlBatchCommand("""
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
