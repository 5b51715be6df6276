-- Replaces texts at $1; the rows are locked already. A day first seen stays the day on which it was first seen, and a retraction stays one.
update ingest.articles a set ({written_columns}) = ({written_values}),
  published_on = case when x.date_source = 'first_seen' and a.date_source = 'first_seen' then a.published_on else x.published_on end,
  page_error = null, gone_at = null, gone_reason = null, updated_at = $1, updated_on = ($1 at time zone 'UTC')::date, host = coalesce(ingest.host_of(x.url), ''),
  language_base = ingest.base_language(x.language),
  retraction = coalesce(a.retraction, x.retraction),
  retracted_at = case when a.retracted_at is null and x.retraction is not null then $1 else a.retracted_at end,
  revision = a.revision + x.is_revision::int,
  revised_at = case when x.is_revision then $1 else a.revised_at end,
  doubtful_changes = a.doubtful_changes + x.is_doubtful::int,
  changed_xid = case when x.is_news or (a.retraction is null and x.retraction is not null) then pg_current_xact_id() else a.changed_xid end
from unnest($2, $3, $4, $5, $6, $7, {written_arrays}) as x(article_key, published_on, retraction, is_revision, is_news, is_doubtful, {written_columns})
where a.article_key = x.article_key
