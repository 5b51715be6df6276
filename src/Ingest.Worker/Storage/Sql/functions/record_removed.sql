-- Logged by triggers, so that the log is whole whoever writes: this worker, an import, or somebody with psql.
create or replace function ingest.record_removed() returns trigger
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  ids bigint[];
begin
  select array_agg(id order by id) into ids from removed;
  if ids is null then return null; end if;
  insert into ingest.article_changes (xid, kind, article_id, revision)
    select pg_current_xact_id(), 'removed', id, revision from removed order by id;
  delete from ingest.article_search where article_id = any(ids);
  perform ingest.announce_changes('removed', ids);
  return null;
end $$;
comment on function ingest.record_removed() is 'Trigger: logs and announces removed articles, and takes them out of the search.';

create or replace trigger record_removed after delete on ingest.articles referencing old table as removed for each statement execute function ingest.record_removed();

do $$
begin
  revoke execute on function ingest.record_removed() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.record_removed() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.record_removed() to ingest_worker; end if;
end $$;
