-- What the index is asked for a query. Whatever it finds is looked at itself: a candidate too many does no harm, one too few would be missed.
-- An example, with R for the number of 'rain' and so on:
--   query         'rain' & ( 'spring' | 'springs' ) | 'snow' & !'hail' & ( 'wind' & 'gale' | '@de' )
--   numbers       R & ( S | Z ) | N & ! H & ( W & G | * )     a language (*) most articles have: the index is not asked
--   round 1       R & S,Z | N &  & *                          what is excluded need not be there; of a choice one, and of words that stand together any
--   alternatives  {R} with one of {S,Z}, and {N}              a document is looked at when it has R and S or Z, or N
create or replace function ingest.search_alternatives(query tsquery) returns table (needed integer[], choices text[])
  language plpgsql immutable parallel safe set search_path = pg_catalog, ingest, pg_temp as $$
declare
  signs text;
  simpler text;
  choice text;
begin
  -- Each word by its number, so that nothing in it looks like a sign.
  select string_agg(case when part[1] like '@%' then '*' else coalesce(hashtext(replace(replace(part[1], '''''', ''''), E'\\\\', E'\\'))::text, left(part[2], 1)) end, ' ' order by place) into signs
  from regexp_matches(query::text, E'''((?:[^''\\\\]|''''|\\\\\\\\)*)''(?::[*ABCD]+)?|([|&!()]|<[^>]*>)', 'g') with ordinality as parts(part, place);
  loop
    simpler := regexp_replace(regexp_replace(signs, '! ! ', '', 'g'), E'! (?:[-\\d,]+|[*])|! \\( [^()]*\\)', '', 'g');
    simpler := regexp_replace(simpler, E'(?<!! )\\( ([^()|!]*)\\)', E'\\1', 'g');
    choice := substring(simpler from E'(?<!! )\\( [^()!]*[|][^()!]*\\)');
    if choice is not null then
      simpler := replace(simpler, choice, coalesce((
        select string_agg(one.word, ',' order by one.n)
        from (select side.n, (select w.word[1] from regexp_matches(side.words, E'[-\\d,]+', 'g') as w(word) order by length(w.word[1]) limit 1) as word
              from regexp_split_to_table(btrim(choice, '() '), E'[|]') with ordinality as side(words, n)) one
        having bool_and(one.word is not null)), '*'));
    end if;
    exit when simpler is not distinct from signs;
    signs := simpler;
  end loop;
  return query
    select array(select w.word[1]::integer from regexp_matches(side.words, E'(?<![-\\d,])-?\\d+(?![\\d,])', 'g') as w(word)),
           array(select '{' || w.word[1] || '}' from regexp_matches(side.words, E'-?\\d+(?:,-?\\d+)+', 'g') as w(word))
    from regexp_split_to_table(signs, E'\\|') as side(words);
end $$;
comment on function ingest.search_alternatives(tsquery) is
  'What a document must have to match a query, as the numbers of words that the search index holds: for at least one row, all that are needed and one of each choice. Not all that have them match.';
