-- From day $1 to day $2, of source $3, in language $4, changed since $5; each null for all.
select s.name, {article_columns}
from ingest.articles a left join ingest.sources s on s.id = a.source_id
where ($1 is null or a.published_on >= $1) and ($2 is null or a.published_on <= $2) and ($3 is null or s.name = $3)
  and ($4 is null or a.language = $4 or starts_with(a.language, $4 || '-')) and ($5 is null or a.updated_at >= $5)
order by a.published_on, a.id
