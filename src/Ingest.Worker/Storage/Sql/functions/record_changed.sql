-- Logged by triggers, so that the log is whole whoever writes: this worker, an import, or somebody with psql.
create or replace function ingest.record_changed() returns trigger
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
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

create or replace trigger record_changed after update on ingest.articles referencing old table as before new table as after for each statement execute function ingest.record_changed();

do $$
begin
  revoke execute on function ingest.record_changed() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.record_changed() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.record_changed() to ingest_worker; end if;
end $$;
