create or replace function ingest.changes_since(cursor text default '', max_rows integer default 1000)
  returns table (next_cursor text, kind text, article_id bigint, revision integer)
  language plpgsql stable set search_path = pg_catalog, ingest, pg_temp as $$
declare
  epoch constant text := (select e.epoch from ingest.change_epoch e);
  trims constant ingest.change_trims := (select t from ingest.change_trims t);
  last_xid constant xid8 := (select c.xid from ingest.article_changes c order by c.xid desc, c.id desc limit 1);
  -- Without an epoch: of a version that had none.
  parts constant text[] := regexp_match(cursor, '^(?:([0-9a-f]{8})(?:-([0-9]{1,9}))?[.])?([0-9]{1,19})[.]([0-9]{1,18})$');
  seen_xid xid8 := '0';
  seen_id bigint := 0;
begin
  if last_xid >= pg_snapshot_xmax(pg_current_snapshot()) and last_xid is distinct from pg_current_xact_id_if_assigned() then
    raise exception 'the log of changes was restored from another server and tells nothing until its transactions are numbered anew: start the worker, or call ingest.rebase_changes() as its owner'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  if cursor <> '' then
    if parts is null then raise exception 'no cursor of changes_since: %', left(cursor, 40) using errcode = 'invalid_parameter_value'; end if;
    if parts[1] <> epoch then
      raise exception 'cursor % is of another epoch: since then the database was restored on another server; begin again with an empty cursor', cursor
        using errcode = 'invalid_parameter_value';
    end if;
    seen_xid := parts[3]::xid8;
    seen_id := parts[4]::bigint;
    -- It was told before the last changes were taken out, of which some may have come after it.
    if (seen_xid, seen_id) <= (trims.xid, trims.change_id) and coalesce(parts[2]::integer, 0) <> trims.times then
      raise exception 'cursor % is older than this log is whole: of changes before its last days (Ingest:Storage:ChangeDays) it has the last one of each article, and none of those that were removed; begin again with an empty cursor', cursor
        using errcode = 'invalid_parameter_value';
    end if;
    -- Whoever has a cursor has seen its change. Where that is not here, others may be missing that came before it, and later ones may have lower numbers.
    if not exists (select from ingest.article_changes c where c.xid = seen_xid and c.id = seen_id) then
      raise exception 'cursor % names a change that is not in this log: it is of another database, or came after the backup that was restored; begin again with an empty cursor', cursor
        using errcode = 'invalid_parameter_value';
    end if;
  end if;
  -- A transaction below the snapshot's xmin is over, and no later one can get a lower number: nothing can appear behind the cursor.
  return query
    select epoch || case when trims.times > 0 then '-' || trims.times else '' end || '.' || c.xid || '.' || c.id, c.kind, c.article_id, c.revision
    from ingest.article_changes c
    where (c.xid, c.id) > (seen_xid, seen_id) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id
    limit case when max_rows < 0 then 0 else max_rows end;
end $$;
comment on function ingest.changes_since(text, integer) is
  'Every change of an article once, in the order of transactions: begin with '''', go on with the last next_cursor. kind is added, completed (from its page), revised, marked (gone, retracted, joined a story) or removed. Of changes older than Ingest:Storage:ChangeDays there is the last one of each article that is still there. A change appears when no transaction of the server that began earlier and has written is still open. A cursor that this log cannot go on from, as after a restore or when it is older than that, is refused (error 22023): begin again.';
