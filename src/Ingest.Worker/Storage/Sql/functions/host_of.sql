create or replace function ingest.host_of(url text) returns text
  language sql immutable strict parallel safe
  return lower(left(substring(url from '^[^:/?#]+://(?:[^/?#@]*@)?(\[[^]]*\]|[^/:?#]+)'), 255));
comment on function ingest.host_of(text) is 'The host of a URL, in lower case and without its port; null where it has none.';

do $$
begin
  revoke execute on function ingest.host_of(text) from public;
  if to_regrole('ingest_reader') is not null then revoke execute on function ingest.host_of(text) from ingest_reader; end if;
  if to_regrole('ingest_worker') is not null then grant execute on function ingest.host_of(text) to ingest_worker; end if;
end $$;
