create or replace function ingest.changes_since(cursor text default '', max_rows integer default 1000)
  returns table (next_cursor text, kind text, article_id bigint, revision integer)
  language plpgsql stable set search_path = pg_catalog, ingest, pg_temp as $$
declare
  seen_xid xid8 := '0';
  seen_id bigint := 0;
begin
  if cursor <> '' then
    if cursor !~ '^[0-9]{1,19}[.][0-9]{1,18}$' then raise exception 'no cursor of changes_since: %', left(cursor, 40) using errcode = 'invalid_parameter_value'; end if;
    seen_xid := split_part(cursor, '.', 1)::xid8;
    seen_id := split_part(cursor, '.', 2)::bigint;
    if seen_xid >= pg_snapshot_xmax(pg_current_snapshot()) then
      raise exception 'cursor % is of another server; start again without a cursor', cursor using errcode = 'invalid_parameter_value';
    end if;
  end if;
  -- A transaction below the snapshot's xmin is over, and no later one can get a lower number: nothing can appear behind the cursor.
  return query
    select c.xid::text || '.' || c.id, c.kind, c.article_id, c.revision
    from ingest.article_changes c
    where (c.xid, c.id) > (seen_xid, seen_id) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id
    limit case when max_rows < 0 then 0 else max_rows end;
end $$;
comment on function ingest.changes_since(text, integer) is
  'Every change of an article once, in the order of transactions: begin with '''', go on with the last next_cursor. kind is added, completed (from its page), revised, marked (gone, retracted, joined a story) or removed. A change appears when no transaction that began earlier is still open.';
