-- Articles past their time, the oldest first: the rule of the source ($2 names, $3 days) where it has one, else that of all ($1); both may say never. None of $4 or later.
-- What this version ($6) could not remove would be at the front of every portion, and archived with each. Only those behind $7 and $8, the last one that was taken: what was removed is walked over
-- again, entry by entry of the index, as long as anybody's snapshot may still see it.
select a.id, a.fingerprint, a.article_key, s.name, {article_columns}
from ingest.articles a
left join ingest.sources s on s.id = a.source_id
left join unnest($2, $3) as r(name, before) on r.name = s.name
where a.published_on < $4 and (a.published_on, a.id) > ($7, $8) and a.published_on < case when r.name is null then $1 else r.before end
  and not exists (select from ingest.refusals f where f.work = 'retention' and f.subject = a.article_key and f.version = $6)
order by a.published_on, a.id limit $5
