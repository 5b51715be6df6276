create or replace function ingest.rebase_changes() returns bigint
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  moved bigint;
begin
  -- Numbers of transactions belong to a server. 3 is the first there is.
  update ingest.article_changes set xid = '3' where xid >= pg_snapshot_xmax(pg_current_snapshot());
  get diagnostics moved = row_count;
  if moved > 0 then update ingest.search_progress set xid = '0', change_id = 0; end if;
  return moved;
end $$;
comment on function ingest.rebase_changes() is
  'To be called once, as owner, after a dump was restored on another server: gives the log of changes numbers that this server''s transactions come after. Cursors from the old server are void.';

do $$
begin
  revoke execute on function ingest.rebase_changes() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.rebase_changes() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then revoke execute on function ingest.rebase_changes() from ingest_worker; end if;
end $$;
