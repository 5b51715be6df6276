-- The next changes ($2 of them, after the cursor $1) with their articles as they are now, and whether each matches a question ($3, empty for none), in the order of the changes.
with news as materialized (select c.next_cursor, c.kind, c.article_id, c.revision, c.ordinality from ingest.changes_since($1, $2) with ordinality as c)
select n.next_cursor, n.kind, n.article_id, n.revision, a.url, a.title, a.description, a.published_on, a.published_at, a.language, a.authors, a.word_count,
       a.first_seen_at, a.updated_at, a.retracted_at, a.retraction, s.name, s.tags,
       $3 = '' or coalesce(ingest.search_document(a.published_on, a.language, a.title, a.headline, a.description, a.body, true) @@ q.query, false)
from news n
left join ingest.articles a on a.id = n.article_id and n.kind <> 'removed'
left join ingest.sources s on s.id = a.source_id
cross join (select case when $3 <> '' then ingest.search_query($3) end as query) q
order by n.ordinality
