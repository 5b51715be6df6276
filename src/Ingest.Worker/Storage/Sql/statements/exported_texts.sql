-- From day $1 to day $2, in language $4; each null for all. An index has them in this order.
select a.published_on, a.url, a.title, a.headline, a.description, a.body
from ingest.articles a
where ($1 is null or a.published_on >= $1) and ($2 is null or a.published_on <= $2) and ($4 is null or a.language = $4 or starts_with(a.language, $4 || '-'))
order by a.published_on, a.id
