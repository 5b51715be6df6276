-- An article with all that is known of it: its columns by their names, and where it came from.
select jsonb_pretty(
  to_jsonb(a) || jsonb_build_object(
    'source', (select s.name from ingest.sources s where s.id = a.source_id),
    'sightings', coalesce(
      (select jsonb_agg(jsonb_build_object('source', s.name, 'title', g.title, 'url', g.url, 'first_seen_at', g.first_seen_at) order by g.first_seen_at)
       from ingest.article_sightings g join ingest.sources s on s.id = g.source_id where g.article_key = a.article_key), '[]'),
    'further_urls', coalesce(
      (select jsonb_agg(jsonb_build_object('url', l.url, 'reason', l.reason) order by l.url)
       from ingest.article_aliases l where l.article_key = a.article_key), '[]'),
    'revisions', coalesce(
      (select jsonb_agg(to_jsonb(r) - 'id' - 'article_id' order by r.id) from ingest.article_revisions r where r.article_id = a.id), '[]'))) as json
from ingest.articles a where a.id = $1
