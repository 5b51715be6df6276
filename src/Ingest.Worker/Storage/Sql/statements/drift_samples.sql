-- What the next changes ($2 of them, after the cursor $1) tell of the articles of sources, in the order of the changes. Each article once: when it is added, or when its page was read.
with news as materialized (select c.next_cursor, c.kind, c.article_id, c.ordinality from ingest.changes_since($1, $2) with ordinality as c)
select n.next_cursor, a.source_id, a.id, a.word_count, a.date_source not in ('none', 'first_seen'),
       case when a.body <> '' then hashtextextended(left(a.body, 160), 0) end
from news n
left join ingest.articles a on a.id = n.article_id and a.source_id is not null
  and (n.kind = 'added' and a.page_state in ('none', 'failed') or n.kind = 'completed' and a.page_state = 'read')
order by n.ordinality
