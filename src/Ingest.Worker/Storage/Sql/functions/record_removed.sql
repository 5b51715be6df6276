-- By triggers, so that nothing is left of an article whoever removes it: this worker, or somebody with psql. What is kept on purpose: that it was there and is removed (article_changes), and by what
-- it is known again, so that it does not come back (article_sightings, article_aliases).
create or replace function ingest.record_removed() returns trigger
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  ids bigint[];
  keys uuid[];
  told bigint[];
begin
  select array_agg(id order by id), array_agg(article_key), array_agg(distinct story_id) filter (where story_id is not null) into ids, keys, told from removed;
  if ids is null then return null; end if;
  insert into ingest.article_changes (xid, kind, article_id, revision)
    select pg_current_xact_id(), 'removed', id, revision from removed order by id;
  delete from ingest.article_search where article_id = any(ids);

  -- One look into an index each, however large the table is thought to be.
  delete from ingest.article_shingles where ctid = any(array(
    select s.ctid from ingest.article_sketches k cross join lateral unnest(k.shingles) as q(shingle)
    cross join lateral (select ctid from ingest.article_shingles where shingle = q.shingle and day = k.day and article_id = k.article_id limit 1) s
    where k.article_id = any(ids)));
  delete from ingest.article_sketches where article_id = any(ids);
  delete from ingest.article_links where article_key = any(keys);
  delete from ingest.article_links where other_key = any(keys);
  delete from ingest.page_queue where article_key = any(keys);
  delete from ingest.page_validators where article_key = any(keys);
  delete from ingest.refusals where work = any(array['visit', 'page', 'search', 'retention']) and subject = any(keys);

  -- Who joins an article to a story takes the story first, too.
  if told is not null then
    perform from ingest.stories where id = any(told) order by id for update;
    update ingest.stories s set articles = s.articles - r.articles
      from (select story_id, count(*)::integer as articles from removed where story_id is not null group by story_id) r where s.id = r.story_id;
    perform ingest.mend_stories(array(select id from ingest.stories where id = any(told) and (articles < 2 or id = any(ids))));
  end if;
  perform ingest.announce_changes('removed', ids);
  return null;
end $$;
comment on function ingest.record_removed() is
  'Trigger: logs and announces removed articles, takes them out of the search, stories and all other tables but those by which they are known again.';

create or replace trigger record_removed after delete on ingest.articles referencing old table as removed for each statement execute function ingest.record_removed();

do $$
begin
  revoke execute on function ingest.record_removed() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.record_removed() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.record_removed() to ingest_worker; end if;
end $$;
