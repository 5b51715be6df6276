-- What the index is asked for a query. Whatever it finds is looked at itself: a candidate too many does no harm, one too few would be missed.
-- An example, with R for the number of 'rain' and so on:
--   query         'rain' & 'spring' | 'snow' & !'hail' & ( 'wind' | 'gale' )
--   numbers       R & S | N & ! H & ( W | G )
--   round 1       R & S | N &  &           without what is excluded (H need not be there), and without a choice in brackets (neither W nor G alone need be there)
--   round 2       as before: done          (brackets without a choice would have lost their brackets meanwhile, and been looked at again)
--   alternatives  {R,S} and {N}            a document is looked at when it has both R and S, or N
create or replace function ingest.search_alternatives(query tsquery) returns setof integer[]
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
declare
  signs text;
  simpler text;
begin
  -- Each word by its number, so that nothing in it looks like a sign.
  select string_agg(coalesce(hashtext(replace(replace(part[1], '''''', ''''), E'\\\\', E'\\'))::text, left(part[2], 1)), ' ' order by place) into signs
  from regexp_matches(query::text, E'''((?:[^''\\\\]|''''|\\\\\\\\)*)''(?::[*ABCD]+)?|([|&!()]|<[^>]*>)', 'g') with ordinality as parts(part, place);
  -- What is excluded need not be there, nor one of several in brackets.
  loop
    simpler := regexp_replace(signs, E'! -?\\d+|! \\( [^()]*\\)|\\( [^()|]*\\|[^()]*\\)', '', 'g');
    simpler := regexp_replace(simpler, E'(?<!! )\\( ([^()|!]*)\\)', E'\\1', 'g');
    exit when simpler is not distinct from signs;
    signs := simpler;
  end loop;
  return query
    select array(select word[1]::integer from regexp_matches(alternative, E'-?\\d+', 'g') as words(word))
    from regexp_split_to_table(signs, E'\\|') as alternatives(alternative);
end $$;
comment on function ingest.search_alternatives(tsquery) is
  'The words that a document must have, all of at least one set, to match a query: as the numbers that the search index holds. Not all that have them match.';
