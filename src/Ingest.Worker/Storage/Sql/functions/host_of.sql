create or replace function ingest.host_of(url text) returns text
  language sql immutable strict parallel safe
  return lower(substring(url from '^[^:/?#]+://(?:[^/?#@]*@)?(\[[^]]*\]|[^/:?#]+)'));
comment on function ingest.host_of(text) is 'The host of a URL, in lower case and without its port; null where it has none.';
