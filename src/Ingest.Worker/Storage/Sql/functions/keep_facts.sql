-- The worker's statements give these columns: the triggers are for whoever else writes, and for the first change of a day that is none of the text.
create or replace function ingest.keep_facts() returns trigger
  language plpgsql set search_path = pg_catalog, ingest, pg_temp as $$
begin
  new.host := coalesce(ingest.host_of(new.url), '');
  new.updated_on := (new.updated_at at time zone 'UTC')::date;
  new.language_base := ingest.base_language(new.language);
  return new;
end $$;
comment on function ingest.keep_facts() is 'Trigger: keeps host, updated_on and language_base of an article as its url, updated_at and language say.';

create or replace trigger keep_facts_added before insert on ingest.articles for each row
  when (new.host is null or new.updated_on is distinct from (new.updated_at at time zone 'UTC')::date or (new.language is not null and new.language_base is null))
  execute function ingest.keep_facts();
create or replace trigger keep_facts_changed before update of url, updated_at, language on ingest.articles for each row
  when ((new.url <> old.url and new.host is not distinct from old.host) or new.updated_on is distinct from (new.updated_at at time zone 'UTC')::date
        or (new.language is distinct from old.language and new.language_base is not distinct from old.language_base))
  execute function ingest.keep_facts();

do $$
begin
  revoke execute on function ingest.keep_facts() from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.keep_facts() from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.keep_facts() to ingest_worker; end if;
end $$;
