create or replace function ingest.rebase_changes() returns bigint
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  ahead constant xid8 := pg_snapshot_xmax(pg_current_snapshot());
  moved bigint := 0;
begin
  -- Numbers of transactions belong to a server. 3 is the first there is. All changes get it, since those that were not ahead came before those that were:
  -- their own numbers keep the order of each article's changes.
  if exists (select from ingest.article_changes where xid >= ahead and xid is distinct from pg_current_xact_id_if_assigned())
     or exists (select from ingest.search_progress where xid >= ahead) then
    update ingest.article_changes set xid = '3' where xid <> '3';
    get diagnostics moved = row_count;
    update ingest.search_progress set xid = '0', change_id = 0;
    delete from ingest.change_days;
    update ingest.change_trims set xid = '0', change_id = 0;
  end if;
  update ingest.change_epoch set epoch = left(gen_random_uuid()::text, 8), began_at = now();
  return moved;
end $$;
comment on function ingest.rebase_changes() is
  'For the owner, after a dump was restored: begins another epoch, so that cursors from before are refused; and where the server that was dumped had higher numbers of transactions, gives the log of changes numbers that come before all of this server''s, and has the search index follow it from its beginning. How many changes got one is returned. The worker does it itself at its start where the numbers need it.';

do $$
begin
  revoke execute on function ingest.rebase_changes() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.rebase_changes() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then revoke execute on function ingest.rebase_changes() from ingest_worker; end if;
end $$;
