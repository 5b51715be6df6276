-- The index of authors knows no days, and a plan for any author walks back through all days. So a rare author is found by name; a frequent one within the newest articles, or else by name all the same.
create or replace function ingest.by_author(author text, max_rows integer default 20)
  returns table (article_id bigint, published_on date, source text, url text, title text)
  language plpgsql stable
  set search_path = pg_catalog, ingest, pg_temp
  set jit = off set enable_seqscan = off set max_parallel_workers_per_gather = 0
  as $$
#variable_conflict use_column
declare
  few constant integer := 1000;
  recent constant integer := 20000;
  wanted constant integer := case when by_author.max_rows < 0 then 0 else by_author.max_rows end;
  named constant text[] := array[by_author.author];
  ids bigint[];
begin
  ids := array(select a.id from ingest.articles a where a.authors @> named limit few + 1);
  if cardinality(ids) > few then
    ids := array(
      select n.id from (select a.id, a.authors from ingest.articles a order by a.published_on desc, a.id desc limit recent) n where n.authors @> named limit wanted);
    if wanted is null or cardinality(ids) < wanted then ids := array(select a.id from ingest.articles a where a.authors @> named); end if;
  end if;
  return query
    select a.id, a.published_on, (select s.name from ingest.sources s where s.id = a.source_id), a.url, a.title
    from ingest.articles a where a.id = any(ids) order by a.published_on desc, a.id desc limit wanted;
end $$;
comment on function ingest.by_author(text, integer) is
  'The newest articles of an author, spelled as the publisher spells it, by the index of authors, however it is asked: a prepared statement on articles may read all of them for a rare author.';
