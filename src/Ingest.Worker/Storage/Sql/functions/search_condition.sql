create or replace function ingest.search_condition(query tsquery) returns text
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
begin
  return (select string_agg(distinct format('ingest.search_words(s.document) @> (%L::integer[] || $1)', needed), ' or ') from ingest.search_alternatives(query) as needed);
end $$;
comment on function ingest.search_condition(tsquery) is
  'What the search index is asked for a query, as SQL of ingest.article_search s; $1 are the numbers of words that are needed besides.';
