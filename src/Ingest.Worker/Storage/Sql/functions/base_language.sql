create or replace function ingest.base_language(language text) returns text
  language sql immutable strict parallel safe
  return left(lower(split_part(language, '-', 1)), 35);
comment on function ingest.base_language(text) is 'The language of a tag without script and region: en of en-GB, zh of zh-Hant.';

do $$
begin
  revoke execute on function ingest.base_language(text) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.base_language(text) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.base_language(text) to ingest_worker; end if;
end $$;
