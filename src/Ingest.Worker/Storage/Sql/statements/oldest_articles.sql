-- The oldest articles, $1 of them, but for those that this version ($2) could not remove.
select a.id, a.fingerprint, a.article_key,
  a.published_on, a.date_source, s.name, a.retracted_at, a.retraction, a.gone_at, a.gone_reason,
  a.url, a.published_on, a.published_at, a.modified_at, a.date_source, a.title, a.title_source, a.headline, a.description,
  a.body, a.body_source, a.authors, a.language, a.image_url, a.categories, a.enclosures, a.live_blog
from ingest.articles a
left join ingest.sources s on s.id = a.source_id
where not exists (select from ingest.refusals f where f.work = 'retention' and f.subject = a.article_key and f.version = $2)
order by a.published_on, a.id limit $1
