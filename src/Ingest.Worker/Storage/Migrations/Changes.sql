-- The log of changes is kept by triggers, so that it is whole whoever writes: this worker, an import, or somebody with psql.
create function ingest.announce_changes(kind text, articles bigint[]) returns void
  language plpgsql as $$
begin
  -- A payload ends below 8,000 bytes; 380 numbers of 19 digits fit.
  perform pg_notify('ingest_articles', kind || ' ' || ids)
  from (select string_agg(id::text, ',' order by place) as ids
        from unnest(articles) with ordinality as a(id, place) group by (place - 1) / 380) chunks;
end $$;
comment on function ingest.announce_changes(text, bigint[]) is 'Sends NOTIFY ingest_articles, as "added 17,18", when the transaction commits.';

create function ingest.record_added() returns trigger
  language plpgsql as $$
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

create function ingest.record_changed() returns trigger
  language plpgsql as $$
declare
  changed record;
begin
  for changed in
    with news as (
      insert into ingest.article_changes (xid, kind, article_id, revision)
      select pg_current_xact_id(),
             case when n.revision > o.revision then 'revised'
                  when n.fingerprint <> o.fingerprint or n.published_on <> o.published_on or n.language is distinct from o.language then 'completed'
                  else 'marked' end,
             n.id, n.revision
      from after n join before o using (id)
      where n.revision > o.revision or n.fingerprint <> o.fingerprint or n.published_on <> o.published_on or n.language is distinct from o.language
         or n.gone_at is distinct from o.gone_at or n.retracted_at is distinct from o.retracted_at or n.story_id is distinct from o.story_id
      order by n.id
      returning kind, article_id)
    select kind, array_agg(article_id) as ids from news group by kind
  loop
    perform ingest.announce_changes(changed.kind, changed.ids);
  end loop;
  return null;
end $$;
comment on function ingest.record_changed() is 'Trigger: logs and announces articles whose text, date, language, marks or story changed.';

create function ingest.record_removed() returns trigger
  language plpgsql as $$
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

-- What is there already was added by this transaction, as far as readers of changes are concerned.
insert into ingest.article_changes (xid, kind, article_id, revision) select pg_current_xact_id(), 'added', id, revision from ingest.articles order by id;

create trigger record_added after insert on ingest.articles referencing new table as added for each statement execute function ingest.record_added();
create trigger record_changed after update on ingest.articles referencing old table as before new table as after for each statement execute function ingest.record_changed();
create trigger record_removed after delete on ingest.articles referencing old table as removed for each statement execute function ingest.record_removed();

create function ingest.changes_since(cursor text default '', max_rows integer default 1000)
  returns table (next_cursor text, kind text, article_id bigint, revision integer)
  language plpgsql stable as $$
declare
  seen_xid xid8 := '0';
  seen_id bigint := 0;
begin
  if cursor <> '' then
    if cursor !~ '^\d{1,19}\.\d{1,18}$' then raise exception 'no cursor of changes_since: %', cursor using errcode = 'invalid_parameter_value'; end if;
    seen_xid := split_part(cursor, '.', 1)::xid8;
    seen_id := split_part(cursor, '.', 2)::bigint;
    if seen_xid >= pg_snapshot_xmax(pg_current_snapshot()) then
      raise exception 'cursor % is of another server; begin anew', cursor using errcode = 'invalid_parameter_value';
    end if;
  end if;
  -- A transaction below the snapshot's xmin is over, and no later one can get a lower number: nothing can appear behind the cursor.
  return query
    select c.xid::text || '.' || c.id, c.kind, c.article_id, c.revision
    from ingest.article_changes c
    where (c.xid, c.id) > (seen_xid, seen_id) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id
    limit max_rows;
end $$;
comment on function ingest.changes_since(text, integer) is
  'Every change of an article once, in the order of transactions: begin with '''', go on with the last next_cursor. kind is added, completed (from its page), revised, marked (gone, retracted, joined a story) or removed. A change appears when no transaction that began earlier is still open.';

create function ingest.rebase_changes() returns bigint
  language plpgsql as $$
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
revoke execute on function ingest.rebase_changes() from public;
