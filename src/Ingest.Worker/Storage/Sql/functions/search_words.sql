-- It runs for every article, and names the schema of everything instead of setting a path.
create or replace function ingest.search_words(document tsvector) returns integer[]
  language plpgsql immutable strict parallel safe as $$
declare
  words integer[] := '{}';
  word pg_catalog.text;
begin
  foreach word in array pg_catalog.tsvector_to_array(document) loop words := words operator(pg_catalog.||) pg_catalog.hashtext(word); end loop;
  return words;
end $$;
comment on function ingest.search_words(tsvector) is 'The words of a document as the numbers (hashtext) that the search index holds.';
