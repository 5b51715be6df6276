-- From day $1 to day $2, of source $3 and those found through it, in language $4, changed since $5; each null for all. Other indexes than that of the
-- days know these articles: their numbers are put in order, which takes a few bytes each, and the rows follow one by one (a lateral part with an offset
-- cannot be joined in another order).
with picked as materialized (
  select a.id from ingest.articles a
  where ($1 is null or a.published_on >= $1) and ($2 is null or a.published_on <= $2)
    and ($3 is null or a.source_id = any(array(
      with recursive meant as (select s.id from ingest.sources s where s.name = $3 union select c.id from ingest.sources c join meant m on c.parent_id = m.id)
      select id from meant)))
    and ($4 is null or a.language = $4 or starts_with(a.language, $4 || '-'))
    and ($5 is null or a.updated_at >= $5 and (a.updated_on >= ($5 at time zone 'UTC')::date or a.updated_on is null))
  order by a.published_on, a.id)
select a.published_on, a.url, a.title, a.headline, a.description, a.body
from picked p cross join lateral (select * from ingest.articles r where r.id = p.id offset 0) a
