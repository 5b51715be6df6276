-- The others that tell the story of an article.
select o.id, o.title, o.published_on, s.name as source, o.story_similarity
from ingest.articles a join ingest.articles o on o.story_id = a.story_id and o.id <> a.id left join ingest.sources s on s.id = o.source_id
where a.id = $1 order by o.id limit 20
