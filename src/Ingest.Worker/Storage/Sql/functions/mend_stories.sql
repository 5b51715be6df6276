-- The newest article leads a story that lost its leader: retention takes the oldest first, and would number the rest anew again and again.
create or replace function ingest.mend_stories(told bigint[]) returns integer
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
declare
  mended integer;
begin
  perform from ingest.stories where id = any(told) order by id for update;
  with ill as materialized (
    select s.id, m.articles, case when m.led and m.articles > 1 then s.id when m.articles > 1 then m.newest end as leads, s.first_seen_at, s.last_seen_at
    from ingest.stories s
    cross join lateral (
      select count(*)::integer as articles, coalesce(bool_or(a.id = s.id), false) as led, max(a.id) as newest from ingest.articles a where a.story_id = s.id) m
    where s.id = any(told) and not (m.led and m.articles > 1 and m.articles = s.articles)),
  counted as (update ingest.stories s set articles = i.articles from ill i where s.id = i.id and i.leads = i.id),
  ended as (delete from ingest.stories s using ill i where s.id = i.id and i.leads is distinct from i.id),
  named as (
    insert into ingest.stories (id, articles, first_seen_at, last_seen_at)
    select leads, articles, first_seen_at, last_seen_at from ill where leads <> id order by leads
    on conflict (id) do update set articles = excluded.articles),
  numbered as (
    update ingest.articles a set story_id = i.leads, story_similarity = case when a.id <> i.leads then a.story_similarity end
    from ill i where a.story_id = i.id and i.leads is distinct from i.id)
  select count(*) into mended from ill;
  return mended;
end $$;
comment on function ingest.mend_stories(bigint[]) is
  'Makes the number of articles and the leader of stories true again; one that fewer than two articles tell ends. Returns how many were not.';

do $$
begin
  revoke execute on function ingest.mend_stories(bigint[]) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.mend_stories(bigint[]) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.mend_stories(bigint[]) to ingest_worker; end if;
end $$;
