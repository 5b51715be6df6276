create or replace function ingest.announce_changes(kind text, articles bigint[]) returns void
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
begin
  -- A payload ends below 8,000 bytes; 380 numbers of 19 digits fit.
  perform pg_notify('ingest_articles', kind || ' ' || ids)
  from (select string_agg(id::text, ',' order by place) as ids
        from unnest(articles) with ordinality as a(id, place) group by (place - 1) / 380) chunks;
end $$;
comment on function ingest.announce_changes(text, bigint[]) is 'Sends NOTIFY ingest_articles, as "added 17,18", when the transaction commits.';

-- Notifications stay anybody's, as pg_notify is: whoever writes articles sends them. Readers have no need to.
do $$
begin
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.announce_changes(text, bigint[]) from ingest_reader; end if;
end $$;
