-- Adds articles at $1; those that exist stay as they are. A day first seen is a day too, and what is withdrawn when it is first seen was withdrawn then.
insert into ingest.articles (article_key, published_on, source_id, first_seen_at, updated_at, updated_on, host, language_base, retraction, retracted_at, {written_columns})
select x.article_key, x.published_on, x.source_id, $1, $1, ($1 at time zone 'UTC')::date, coalesce(ingest.host_of(x.url), ''), ingest.base_language(x.language), x.retraction,
  case when x.retraction is not null then $1 end, {written_values}
from unnest($2, $3, $4, $5, {written_arrays}) as x(article_key, published_on, retraction, source_id, {written_columns})
on conflict (article_key) do nothing
