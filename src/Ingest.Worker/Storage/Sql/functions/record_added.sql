-- Logged by triggers, so that the log is whole whoever writes: this worker, an import, or somebody with psql.
create or replace function ingest.record_added() returns trigger
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  ids bigint[];
begin
  select array_agg(id order by id) into ids from added;
  if ids is null then return null; end if;
  insert into ingest.article_changes (xid, kind, article_id, revision)
    select pg_current_xact_id(), 'added', id, revision from added order by id;
  perform ingest.announce_changes('added', ids);
  return null;
end $$;
comment on function ingest.record_added() is 'Trigger: logs and announces new articles.';

create or replace trigger record_added after insert on ingest.articles referencing new table as added for each statement execute function ingest.record_added();

do $$
begin
  revoke execute on function ingest.record_added() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.record_added() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.record_added() to ingest_worker; end if;
end $$;
