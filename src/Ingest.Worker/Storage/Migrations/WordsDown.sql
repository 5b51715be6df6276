drop index ingest.ix_article_search_words;
create or replace function ingest.settle_search() returns bigint
  language sql volatile security definer set search_path = pg_catalog
  as $$ select gin_clean_pending_list('ingest.ix_article_search_document') $$;
drop function ingest.search_condition(tsquery);
drop function ingest.search_alternatives(tsquery);
drop function ingest.search_words(tsvector);
