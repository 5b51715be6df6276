-- The day is written out by its own pattern: a session's TimeZone and DateStyle have no say.
create or replace function ingest.dated_text(published_on date, url text, title text, headline text, description text, body text) returns text
  language sql immutable parallel safe
  return ' date ' || to_char(published_on::timestamp, 'YYYY-MM-DD') || ' ' || url || e'\n\n'
    || title || e'\n\n' || headline || e'\n\n' || description || e'\n\n'
    || case when body = '' then '' else body || e'\n\n' end;
comment on function ingest.dated_text(date, text, text, text, text, text) is 'One article as dated-article text.';
