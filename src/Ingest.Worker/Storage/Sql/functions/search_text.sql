-- It runs for every article, and names the schema of everything instead of setting a path, which would cost a third of a headline's document.
-- The pairs of a run are made by one expression that walks it once: each character twice, separated, without the first and the last.
do $do$
declare
  sample constant text := U&'\00C0\00DC\0141 \0391\03A9 \0411\042F INDIA';
  lowered constant text := U&'\00E0\00FC\0142 \03B1\03C9 \0431\044F india';
  folded text := 'text';
  candidate text;
  fits boolean;
begin
  -- Text search lowers letters by the locale of the database: C knows no other than those of ASCII, and Turkish has its own i. Then a locale that knows them is asked first.
  if not to_tsvector('pg_catalog.simple', sample) @@ replace(lowered, ' ', ' & ')::tsquery then
    for candidate in
      select quote_ident(n.nspname) || '.' || quote_ident(c.collname)
      from pg_collation c join pg_namespace n on n.oid = c.collnamespace
      where n.nspname = 'pg_catalog' and c.collencoding in (-1, 6) and c.collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'C.UTF-8', 'en_US.utf8', 'en_US.UTF-8')
      order by array_position(array['pg_c_utf8', 'und-x-icu']::name[], c.collname), c.collname
    loop
      execute format('select lower($1 collate %s) = $2', candidate) into fits using sample, lowered;
      if fits then folded := format('pg_catalog.lower(text collate %s)', candidate); exit; end if;
    end loop;
    if folded = 'text' then raise warning 'this server knows the small letters of no language but English: search tells Ü from ü'; end if;
  end if;

  execute format($function$
create or replace function ingest.search_text(text text) returns text
  language plpgsql immutable parallel safe as $$
declare
  lowered constant pg_catalog.text := %s;
begin
  if lowered operator(pg_catalog.!~) E'[^\\x01-\\x7f]' then return lowered; end if;
  if lowered operator(pg_catalog.!~) E'[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF]' then
    return pg_catalog.regexp_replace(lowered, E'[\\u00A0-\\u00A9\\u00AB-\\u00B4\\u00B6-\\u00B9\\u00BB-\\u00BF\\u2000-\\u2018\\u201A-\\u206F]', ' ', 'g');
  end if;
  return (
    select pg_catalog.string_agg(case when part.run[1] is null then part.run[2]
                                      when pg_catalog.length(part.run[1]) operator(pg_catalog.=) 1 then part.run[1]
                                      else pg_catalog.substr(pairs, 3, pg_catalog.length(pairs) operator(pg_catalog.-) 4) end, ' ')
    from pg_catalog.regexp_matches(lowered, E'([\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3040-\\u30FA\\u30FC-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF]+)|([^\\u0E00-\\u0EFF\\u1000-\\u109F\\u1780-\\u17FF\\u3000-\\u30FF\\u3400-\\u9FFF\\uAC00-\\uD7AF\\uF900-\\uFAFF\\uFF00-\\uFF0F\\uFF1A-\\uFF20\\u00A0-\\u00A9\\u2000-\\u206F]+)', 'g') as part(run),
         pg_catalog.regexp_replace(part.run[1], '(.)', E'\\1 \\1', 'g') as pairs);
end $$ $function$, folded);
end $do$;
comment on function ingest.search_text(text) is
  'Text as the search takes words from it: typographic punctuation parts words; scripts without spaces between words are cut into pairs of characters.';
