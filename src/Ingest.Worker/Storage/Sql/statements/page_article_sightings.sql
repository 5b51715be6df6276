-- Which sources showed an article.
select s.name as source, g.title, g.url, g.first_seen_at, g.changed_at
from ingest.articles a join ingest.article_sightings g on g.article_key = a.article_key join ingest.sources s on s.id = g.source_id
where a.id = $1 order by g.first_seen_at limit 30
