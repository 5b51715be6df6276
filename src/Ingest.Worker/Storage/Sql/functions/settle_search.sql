-- The worker does not own the index, and only owners may move what waits in its list.
create or replace function ingest.settle_search() returns bigint
  language sql volatile security definer set search_path = pg_catalog, pg_temp
  as $$ select gin_clean_pending_list('ingest.ix_article_search_words') $$;
comment on function ingest.settle_search() is 'Moves what was lately indexed into the search index proper; the worker calls it after each round of indexing.';

do $$
begin
  revoke execute on function ingest.settle_search() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.settle_search() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.settle_search() to ingest_worker; end if;
end $$;
