-- The oldest articles behind $3 and $4, the last one that was taken; $1 of them, but for those that this version ($2) could not remove.
select a.id, a.fingerprint, a.article_key, s.name, {article_columns}
from ingest.articles a
left join ingest.sources s on s.id = a.source_id
where (a.published_on, a.id) > ($3, $4) and not exists (select from ingest.refusals f where f.work = 'retention' and f.subject = a.article_key and f.version = $2)
order by a.published_on, a.id limit $1
